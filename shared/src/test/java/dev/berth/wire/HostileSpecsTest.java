package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.OpKind;
import dev.berth.model.StartJob;
import dev.berth.model.Table;
import dev.berth.model.Table.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs as somebody would write them who means harm or makes mistakes, and those beside them that are good. */
final class HostileSpecsTest {
    static List<Row> specs() {
        return Table.read(HostileSpecsTest.class, "hostile-specs.txt");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void areAcceptedOrRefusedByTheFieldThatIsWrong(Row row) {
        ObjectNode message = Messages.start(Json.parse(row.cell(1)));
        if (row.cell(0).equals("accepted")) {
            StartJob job = (StartJob) Messages.read(OpKind.START, message);

            assertThat(job.spec()).isPresent();
        } else {
            Messages.assertNamed(OpKind.START, message, row.text(0), " ");
        }
    }

    @Test
    void areManyAndEachOfThemAnother() {
        assertThat(specs()).hasSizeGreaterThanOrEqualTo(500);
        assertThat(specs()).extracting(row -> row.cell(1)).doesNotHaveDuplicates();
        assertThat(specs().stream().filter(row -> row.cell(0).equals("accepted")))
                .hasSizeBetween(100, 400);
    }
}
