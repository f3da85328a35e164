package dev.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeTest {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        "1K, 1024",
        "1k, 1024",
        "512K, 524288",
        "1M, 1048576",
        "256m, 268435456",
        "1G, 1073741824",
        "2g, 2147483648",
        "128G, 137438953472",
        "131072, 137438953472",
        "134217728K, 137438953472",
    })
    void readsNumbersWithLettersInBothCases(String text, long bytes) {
        assertThat(Size.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "256, 256", "0001, 1", "1024, 1024"})
    void readsABareNumberAsMebibytes(String text, long mebibytes) {
        assertThat(Size.parse(text).bytes()).isEqualTo(mebibytes * MIB);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5G, 1610612736",
        "0.5g, 536870912",
        "0.5, 524288",
        "1.25M, 1310720",
        "2.0K, 2048",
        "0.5K, 512",
        "0.001K, 1",
        "0.000001, 1",
        "1.000001K, 1024",
    })
    void readsFractionsAndCutsToWholeBytes(String text, long bytes) {
        assertThat(Size.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\n  "})
    void refusesEmptyText(String text) {
        assertRefused(text, "must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1G", "-0.5M", "-0", "-99999999999999999999999999999999"})
    void refusesNegativeSizes(String text) {
        assertRefused(text, "must not be negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0K", "0m", "0.0G", "000", "0.0009K", "0.000000"})
    void refusesWhatIsNoWholeByte(String text) {
        assertRefused(text, "must be more than zero");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "128.000001G",
                "129G",
                "131073",
                "131072.1M",
                "134217729K",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999G",
            })
    void refusesMoreThan128G(String text) {
        assertRefused(text, "must be at most 128G");
    }

    @Test
    void refusesOverflowOfAnyLengthAndAtOnce() {
        for (int digits : new int[] {17, 18, 19, 20, 40, 41, 100, 1_000, 200_000}) {
            assertRefused("9".repeat(digits), "must be at most 128G");
            assertRefused("9".repeat(digits) + ".5G", "must be at most 128G");
        }
        assertThat(Size.parse("0".repeat(200_000) + "1K").bytes()).isEqualTo(KIB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "abc",
                "1T",
                "1B",
                "1KB",
                "1KiB",
                "1 G",
                " 1G",
                "1G ",
                "+1G",
                "1e3",
                "0x10",
                "1.",
                ".5",
                "1.5.5",
                "1,5G",
                "1.1234567M",
                "NaN",
                "Infinity",
                "１Ｇ",
                "1\u212A",
                "1GG",
                "1G\n",
                "1_000",
            })
    void refusesNonsense(String text) {
        assertRefused(text, "must be a number with K, M or G, or a bare number of MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1K",
        "1048576, 1M",
        "1073741824, 1G",
        "1610612736, 1536M",
        "137438953472, 128G",
        "1536, 1.5K",
        "512, 0.5K",
    })
    void writesTheLargestUnitThatNeedsNoFraction(long bytes, String text) {
        assertThat(new Size(bytes)).hasToString(text);
    }

    @Test
    void readsBackEverySizeThatItWrites() {
        for (long bytes = 1; bytes < 5_000; bytes++) {
            assertReadsBack(new Size(bytes));
        }
        Random random = new Random(25);
        for (int i = 0; i < 50_000; i++) {
            assertReadsBack(new Size(1 + random.nextLong(Size.MAX.bytes())));
        }
        for (long unit : List.of(KIB, MIB, GIB)) {
            for (long size = unit; size <= Size.MAX.bytes() && size < 200 * unit; size += unit) {
                assertReadsBack(new Size(size));
            }
        }
    }

    @Test
    void refusesBytesOutOfBoundsToo() {
        assertThatThrownBy(() -> new Size(0)).hasMessage("must be more than zero");
        assertThatThrownBy(() -> new Size(-1)).hasMessage("must be more than zero");
        assertThatThrownBy(() -> new Size(Long.MIN_VALUE)).hasMessage("must be more than zero");
        assertThatThrownBy(() -> new Size(Size.MAX.bytes() + 1)).hasMessage("must be at most 128G");
    }

    @Test
    void ordersByBytes() {
        assertThat(Size.parse("1G")).isGreaterThan(Size.parse("1023M")).isEqualByComparingTo(Size.parse("1024"));
    }

    private static void assertReadsBack(Size size) {
        assertThat(Size.parse(size.toString())).isEqualTo(size);
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> Size.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
