package dev.berth.local.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policy documents of a function's role, as IAM gets them: with the references in them resolved. */
record RolePolicies(TemplateFile file) {
    private static final String ROLE = "AWS::IAM::Role";
    private static final String MANAGED_POLICY = "AWS::IAM::ManagedPolicy";

    Map<String, List<Object>> byFunction() {
        var all = new LinkedHashMap<String, List<Object>>();
        file.functions().forEach(function -> all.put(file.nameOf(function.name()), of(function)));
        return all;
    }

    private List<Object> of(TemplateNode function) {
        var role = role(function.get("Properties").get("Role")).get("Properties");
        var documents = new ArrayList<>();
        role.get("ManagedPolicyArns").elements().forEach(policy -> {
            if (policy.value() instanceof Map<?, ?> map && map.get("Ref") instanceof String ours) {
                documents.add(document(resource(MANAGED_POLICY, ours, policy).get("Properties")));
            } else {
                throw policy.failure("what " + policy.text() + " grants is not known here");
            }
        });
        role.get("Policies").elements().forEach(policy -> documents.add(document(policy)));
        return documents;
    }

    private TemplateNode role(TemplateNode reference) {
        if (reference.value() instanceof Map<?, ?> map
                && map.get("Fn::GetAtt") instanceof String attribute
                && attribute.endsWith(".Arn")) {
            return resource(ROLE, attribute.substring(0, attribute.length() - ".Arn".length()), reference);
        }
        throw reference.failure("a role of its own is needed, as !GetAtt NAME.Arn");
    }

    private TemplateNode resource(String type, String logicalId, TemplateNode reference) {
        return file.resources(type).stream()
                .filter(resource -> resource.name().equals(logicalId))
                .findFirst()
                .orElseThrow(() -> reference.failure("there is no " + type + " " + logicalId));
    }

    private static Object document(TemplateNode policy) {
        return policy.get("PolicyDocument").resolved();
    }
}
