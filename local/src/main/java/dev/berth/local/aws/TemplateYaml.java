package dev.berth.local.aws;

import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML in which {@code !Name x} means {@code {Fn::Name: x}}, as CloudFormation has it. */
final class TemplateYaml extends SafeConstructor {

    private TemplateYaml() {
        super(new LoaderOptions());
        yamlMultiConstructors.put("!", new ShortForm());
    }

    static Yaml reader() {
        return new Yaml(new TemplateYaml());
    }

    private final class ShortForm extends AbstractConstruct {
        @Override
        public Object construct(Node node) {
            var name = node.getTag().getValue().substring(1);
            Object argument = switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalStateException("A YAML node of an unknown kind: " + node);
            };
            return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, argument);
        }
    }
}
