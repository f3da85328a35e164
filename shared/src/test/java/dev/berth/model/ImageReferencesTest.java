package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.model.Table.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** References as Docker reads them, and what Docker takes for none. */
final class ImageReferencesTest {
    static List<Row> references() {
        return Table.read(ImageReferencesTest.class, "image-references.txt");
    }

    @ParameterizedTest
    @MethodSource("references")
    void areReadOrRefusedAsDockerDoes(Row row) {
        String text = row.text(0);
        if (row.cell(1).equals("refused")) {
            assertThatThrownBy(() -> new ImageRef(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("must ");
        } else {
            ImageRef ref = new ImageRef(text);

            assertThat(ref).hasToString(text);
            assertThat(ref.repository()).isEqualTo(row.cell(1));
            assertThat(ref.tag()).isEqualTo(row.find(2));
            assertThat(ref.digest()).isEqualTo(row.find(3));
        }
    }

    @Test
    void areManyAndEachOfThemAnother() {
        assertThat(references()).hasSizeGreaterThanOrEqualTo(300);
        assertThat(references()).extracting(row -> row.text(0)).doesNotHaveDuplicates();
    }
}
