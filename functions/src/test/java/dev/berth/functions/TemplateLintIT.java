package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the tools of others have to say of template.yaml: nothing. */
@ExtendWith(PythonTools.Provided.class)
class TemplateLintIT {
    private final PythonTools tools;

    TemplateLintIT(PythonTools tools) {
        this.tools = tools;
    }

    /** In regions that differ in what they have. */
    @Test
    void cfnLintFindsNothing() {
        String cfnLint = tools.program("cfn-lint").toString();
        String template = LocalBerth.ROOT.resolve("template.yaml").toString();

        assertThat(Commands.run(
                        Duration.ofMinutes(5),
                        List.of(
                                cfnLint,
                                "--regions",
                                "eu-west-1",
                                "us-east-1",
                                "ap-southeast-2",
                                "--template",
                                template)))
                .isEmpty();
    }

    @Test
    void samFindsItValid(@TempDir Path folder) throws IOException, InterruptedException {
        Sam.Ended ended = new Sam(tools, folder).validate();

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.printed()).contains("is a valid SAM Template");
    }
}
