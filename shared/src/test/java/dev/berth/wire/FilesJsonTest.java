package dev.berth.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Blob;
import dev.berth.model.FileSpec;
import dev.berth.model.OpKind;
import dev.berth.model.RuntimeSpec;
import dev.berth.model.Sha256;
import dev.berth.model.StartJob;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The contents of files travel with a message, and are kept apart from the spec. */
final class FilesJsonTest {
    private static StartJob start(String files) {
        return (StartJob) Messages.read(OpKind.START, Messages.start(Json.parse("{\"files\":" + files + "}")));
    }

    private static RuntimeSpec spec(String files) {
        return start(files).spec().orElseThrow();
    }

    @Test
    void aTextIsItsBytesInUtf8AndBase64IsAnyBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        StartJob job = start("[{\"path\":\"/a\",\"content\":\"gr\u00fc\u00dfe \\ud83d\\ude00\"},"
                + "{\"path\":\"/b\",\"content_base64\":\""
                + Base64.getEncoder().encodeToString(bytes) + "\"}]");

        assertThat(job.contents())
                .extracting(Blob::bytes)
                .containsExactly("gr\u00fc\u00dfe \ud83d\ude00".getBytes(UTF_8), bytes);
        assertThat(job.spec().orElseThrow().files())
                .containsExactly(
                        new FileSpec("/a", Sha256.hex("gr\u00fc\u00dfe \ud83d\ude00"), 12, 0600),
                        new FileSpec("/b", Sha256.hex(bytes), 256, 0600));
    }

    @Test
    void eachContentIsThereOnceHoweverManyFilesHaveIt() {
        StartJob job = start("""
                [{"path": "/a", "content": "same"}, {"path": "/b", "content": "other"},
                 {"path": "/c", "content_base64": "c2FtZQ=="}]""");

        assertThat(job.contents()).containsExactly(new Blob("same".getBytes(UTF_8)), new Blob("other".getBytes(UTF_8)));
        assertThat(job.spec().orElseThrow().files()).hasSize(3);
    }

    @Test
    void aSpecIsKeptWithoutTheContents() {
        RuntimeSpec spec = spec("[{\"path\": \"/a\", \"content\": \"a secret\", \"mode\": \"755\"}]");
        ObjectNode kept = SpecJson.write(spec);

        assertThat(Json.write(kept.get("files")))
                .isEqualTo("[{\"path\":\"/a\",\"sha256\":\"" + Sha256.hex("a secret")
                        + "\",\"size\":8,\"mode\":\"0755\"}]");
        assertThat(SpecJson.read(Fields.of(kept))).isEqualTo(spec);
    }

    @Test
    void whatIsKeptIsNoMessageAndAMessageIsNothingToKeep() {
        ObjectNode kept = SpecJson.write(spec("[{\"path\": \"/a\", \"content\": \"x\"}]"));
        Messages.assertRefused(
                OpKind.START,
                Messages.start(kept),
                "spec.files[0].content must be there, or content_base64, and not both");

        ObjectNode message = Json.parse("{\"files\":[{\"path\":\"/a\",\"content\":\"x\"}]}");
        assertThatThrownBy(() -> SpecJson.read(Fields.of(message))).hasMessage("files[0].sha256 is required");
    }

    @Test
    void aSpecIsAnotherOneWhenAFileIs() {
        String hash = SpecJson.hash(spec("[{\"path\": \"/a\", \"content\": \"x\"}]"));

        assertThat(SpecJson.hash(spec("[{\"path\": \"/a\", \"content_base64\": \"eA==\", \"mode\": \"600\"}]")))
                .isEqualTo(hash);
        assertThat(SpecJson.hash(spec("[{\"path\": \"/a\", \"content\": \"y\"}]")))
                .isNotEqualTo(hash);
        assertThat(SpecJson.hash(spec("[{\"path\": \"/b\", \"content\": \"x\"}]")))
                .isNotEqualTo(hash);
        assertThat(SpecJson.hash(spec("[{\"path\": \"/a\", \"content\": \"x\", \"mode\": \"0400\"}]")))
                .isNotEqualTo(hash);
        assertThat(SpecJson.hash(spec("[]"))).isNotEqualTo(hash).isEqualTo(SpecJson.hash(SpecJson.DEFAULTS));
    }

    @Test
    void noRefusalQuotesAContent() {
        for (String file : new String[] {
            "{\"path\": \"/a\", \"content_base64\": \"hunter2!\"}",
            "{\"path\": \"/a\", \"content\": \"hunter2\", \"content_base64\": \"hunter2!\"}",
            "{\"path\": \"/a\", \"content\": \"hunter2\", \"mode\": \"9\"}",
            "{\"path\": \"a\", \"content\": \"hunter2\"}"
        }) {
            assertThatThrownBy(() -> start("[" + file + "]"))
                    .message()
                    .startsWith("spec.files[0].")
                    .doesNotContain("hunter2");
        }
    }
}
