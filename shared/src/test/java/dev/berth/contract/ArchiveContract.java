package dev.berth.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.model.ErrorCode;
import dev.berth.model.GameId;
import dev.berth.model.LoggedEntry;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.Segment;
import dev.berth.port.LogArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeping segments of the log, and what is said of them when somebody has been at what was kept. */
public abstract class ArchiveContract {
    private final LogArchive archive;
    private final Objects objects;
    private final GameId game = Samples.game();

    protected ArchiveContract(Objects objects) {
        this.archive = objects.archive();
        this.objects = objects;
    }

    /** An archive, and its objects behind its back. */
    public interface Objects {
        LogArchive archive();

        byte[] get(String key);

        void put(String key, byte[] bytes);

        void remove(String key);
    }

    private static String key(Segment segment, String kind) {
        return "log/%s/%012d-%012d.%s".formatted(segment.game(), segment.firstSeq(), segment.lastSeq(), kind);
    }

    private Segment archived(List<LoggedEntry> entries, Optional<RuntimeRecord> state) {
        Segment segment = Segments.of(entries, state);
        archive.keepEntries(segment, entries);
        archive.declare(segment);
        return segment;
    }

    private Segment archived(List<LoggedEntry> entries) {
        return archived(entries, Optional.of(Samples.failed()));
    }

    private void change(String key, UnaryOperator<byte[]> change) {
        objects.put(key, change.apply(objects.get(key)));
    }

    // --- what is kept ---

    @Test
    void anArchivedSegmentIsReadBackAsItWas() {
        List<LoggedEntry> entries = new ArrayList<>(Segments.entries(game, 1, 3));
        entries.add(Segments.unknown(entries.getLast()));

        Segment segment = archived(entries);

        assertThat(archive.segments(game, 0, 10)).containsExactly(segment);
        assertThat(archive.read(segment)).isEqualTo(new LogArchive.Kept(entries, Optional.empty()));
    }

    @Test
    void aSegmentAtWhoseEndThereWasNoRecordHasNoState() {
        Segment segment = archived(Segments.entries(game, 1, 1), Optional.empty());

        assertThat(archive.segments(game, 0, 1)).containsExactly(segment);
    }

    @Test
    void whatIsKeptBelongsToTheArchiveOnceItIsDeclared() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 2);
        Segment segment = Segments.of(entries, Optional.empty());

        archive.keepEntries(segment, entries);
        assertThat(archive.segments(game, 0, 10)).isEmpty();
        assertThat(archive.read(segment).entries()).isEqualTo(entries);

        archive.declare(segment);
        assertThat(archive.segments(game, 0, 10)).containsExactly(segment);
    }

    @Test
    void whatIsKeptTwiceIsThereOnce() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 2);

        Segment segment = archived(entries);
        archived(entries);

        assertThat(archive.segments(game, 0, 10)).containsExactly(segment);
        assertThat(archive.read(segment)).isEqualTo(new LogArchive.Kept(entries, Optional.empty()));
    }

    @Test
    void whoComesSecondWithSomethingElseReplacesNothing() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 2);
        Segment segment = archived(entries);

        Segment other = archived(Segments.entries(game, 1, 2));

        assertThat(other).isNotEqualTo(segment);
        assertThat(archive.segments(game, 0, 10)).containsExactly(segment);
        assertThat(archive.read(segment)).isEqualTo(new LogArchive.Kept(entries, Optional.empty()));
        assertThat(archive.read(other).damage()).isPresent();
    }

    @Test
    void entriesThatAreNotThoseOfTheSegmentAreNotKept() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 3);
        Segment segment = Segments.of(entries, Optional.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> archive.keepEntries(segment, entries.subList(0, 2)));

        assertThat(archive.read(segment).entries()).isEmpty();
        assertThat(archive.read(segment).damage()).isPresent();
    }

    // --- listing ---

    @Test
    void ofAGameThatIsNotKnownThereIsNothing() {
        assertThat(archive.segments(game, 0, 10)).isEmpty();
    }

    @Test
    void segmentsAreListedInOrderFromAnyEntryOn() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 9);
        Segment third = archived(entries.subList(6, 9));
        Segment first = archived(entries.subList(0, 3));
        Segment second = archived(entries.subList(3, 6));

        assertThat(archive.segments(game, 0, 10)).containsExactly(first, second, third);
        assertThat(archive.segments(game, 2, 10)).containsExactly(first, second, third);
        assertThat(archive.segments(game, 3, 10)).containsExactly(second, third);
        assertThat(archive.segments(game, 4, 1)).containsExactly(second);
        assertThat(archive.segments(game, 8, 10)).containsExactly(third);
        assertThat(archive.segments(game, 9, 10)).isEmpty();
        assertThat(archive.segments(game, 0, 2)).containsExactly(first, second);
    }

    @Test
    void segmentsOfTheLargestSizeAreFoundByEachOfTheirEntries() {
        Segment first = Segments.declared(game, 1, 500);
        Segment second = Segments.declared(game, 501, 1000);
        archive.declare(first);
        archive.declare(second);

        assertThat(archive.segments(game, 499, 1)).containsExactly(first);
        assertThat(archive.segments(game, 500, 1)).containsExactly(second);
        assertThat(archive.segments(game, 999, 1)).containsExactly(second);
        assertThat(archive.segments(game, 1000, 1)).isEmpty();
    }

    @Test
    void moreThanAPageOfThemIsListedToTheEnd() {
        List<Segment> all = new ArrayList<>();
        for (int seq = 1; seq <= 1_005; seq++) {
            Segment segment = Segments.declared(game, seq, seq);
            archive.declare(segment);
            all.add(segment);
        }

        assertThat(archive.segments(game, 0, 2_000)).isEqualTo(all);
        assertThat(archive.segments(game, 900, 2_000)).isEqualTo(all.subList(900, 1_005));
        assertThat(archive.segments(game, 1_001, 3)).isEqualTo(all.subList(1_001, 1_004));
    }

    @Test
    void gamesWhoseNamesBeginAlikeAreKeptApart() {
        List<GameId> games = List.of(
                game, new GameId(game + "-b"), new GameId(game + "0"), new GameId(game + "-"), new GameId(game + "a"));
        List<Segment> segments = games.stream()
                .map(each -> archived(Segments.entries(each, 1, 2)))
                .toList();

        for (int i = 0; i < games.size(); i++) {
            assertThat(archive.segments(games.get(i), 0, 10)).containsExactly(segments.get(i));
        }
    }

    // --- damage ---

    @ParameterizedTest
    @MethodSource("dev.berth.contract.SegmentDamage#all")
    void whatCanBeReadBeforeADamageIsReadAndTheDamageIsTold(SegmentDamage damage) {
        List<LoggedEntry> entries = Segments.entries(game, 1, 9);
        Segment segment = archived(entries);

        change(key(segment, "jsonl.gz"), packed -> damage.applied(packed));

        LogArchive.Kept kept = archive.read(segment);
        assertThat(kept.damage()).get().asString().contains(damage.told());
        assertThat(kept.entries()).hasSizeGreaterThanOrEqualTo(damage.whole());
        assertThat(kept.entries().subList(0, damage.whole())).isEqualTo(entries.subList(0, damage.whole()));
        for (int i = 0; i < kept.entries().size(); i++) {
            assertThat(kept.entries().get(i).seq()).isEqualTo(i + 1);
        }
    }

    @Test
    void entriesThatAreGoneAreADamageToo() {
        Segment segment = archived(Segments.entries(game, 1, 2));

        objects.remove(key(segment, "jsonl.gz"));

        LogArchive.Kept kept = archive.read(segment);
        assertThat(kept.entries()).isEmpty();
        assertThat(kept.damage()).get().asString().contains(key(segment, "jsonl.gz"));
    }

    @Test
    void aSegmentWithoutItsDeclarationIsNoPartOfTheArchive() {
        List<LoggedEntry> entries = Segments.entries(game, 1, 4);
        Segment first = archived(entries.subList(0, 2));
        Segment second = archived(entries.subList(2, 4));

        objects.remove(key(first, "manifest.json"));

        assertThat(archive.segments(game, 0, 10)).containsExactly(second);
    }

    @ParameterizedTest
    @MethodSource("dev.berth.contract.ManifestDamage#all")
    void aDamagedDeclarationEndsTheListBeforeItAndIsNotPassedOver(ManifestDamage damage) {
        List<LoggedEntry> entries = Segments.entries(game, 1, 6);
        Segment first = archived(entries.subList(0, 2));
        Segment second = archived(entries.subList(2, 4));
        Segment third = archived(entries.subList(4, 6));

        change(key(second, "manifest.json"), json -> {
            String before = new String(json, UTF_8);
            String after = damage.applied(before);
            assertThat(after).isNotEqualTo(before);
            return after.getBytes(UTF_8);
        });

        assertThat(archive.segments(game, 0, 10)).containsExactly(first);
        StoreContract.assertFails(ErrorCode.LOG_CORRUPT, () -> archive.segments(game, 2, 10));
        StoreContract.assertFails(ErrorCode.LOG_CORRUPT, () -> archive.segments(game, 3, 1));
        assertThat(archive.segments(game, 4, 10)).containsExactly(third);
    }

    @Test
    void aDeclarationUnderAnotherNameIsNotPassedOver() {
        Segment segment = archived(Segments.entries(game, 1, 2));
        byte[] json = objects.get(key(segment, "manifest.json"));
        objects.put("log/" + game + "/000000000003-000000000004.manifest.json", json);
        objects.put("log/" + game + "/copy.manifest.json", json);

        assertThat(archive.segments(game, 0, 10)).containsExactly(segment);
        StoreContract.assertFails(ErrorCode.LOG_CORRUPT, () -> archive.segments(game, 2, 10));
        StoreContract.assertFails(ErrorCode.LOG_CORRUPT, () -> archive.segments(game, 4, 10));
    }
}
