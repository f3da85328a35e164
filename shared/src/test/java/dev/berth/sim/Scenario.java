package dev.berth.sim;

import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.Host.Capacity;
import dev.berth.model.HostId;
import dev.berth.model.HostState;
import dev.berth.model.Job;
import dev.berth.model.JobId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a schedule begins with: the hosts, the sandboxes with their clocks, the jobs that are sent, and what happens to
 * the hosts in the meantime.
 *
 * @param fleet whether the hosts are reconciled, and everything on a schedule is done; else only what is left open is
 */
record Scenario(List<Host> hosts, List<Sandbox> sandboxes, List<Sent> sent, List<Mishap> mishaps, boolean fleet) {

    /** A place where handlers run, with a clock of its own. */
    record Sandbox(String name, long clockOffset, long clockPerMille) {}

    /** A job and when it is sent, in milliseconds. */
    record Sent(long at, Job job) {}

    /** Something happens to a host, or to a game there. */
    record Mishap(long at, HostId host, Kind kind, long lasting, GameId game) {
        enum Kind {
            CUT_OFF,
            FROZEN,
            DAEMON_DIES,
            POWER_LOST,
            CONTAINER_DIES,
            INTRUDER,
            PARTITION,
            REMOVED_BY_HAND,
            OUT_OF_MEMORY,
            SECOND_BY_HAND,
            LEFT_OVER_BY_HAND,
            UNKNOWN_BY_HAND,
            FORGED,
            GIVEN_UP,
            TO_BE_EMPTIED,
            TO_BE_FILLED,
            TOUCHED
        }

        /** Those that happen where nobody reconciles. */
        private static final int SIMPLE = 6;
    }

    static final List<GameId> GAMES = List.of(new GameId("chess"), new GameId("go"), new GameId("poker"));
    private static final long[] OFFSETS = {0, 300, -300, 5_000, -5_000, 90_000, -90_000};
    private static final long[] RATES = {1000, 950, 1050, 1500};
    private static final long[] GAPS = {5_000, 0, 50, 1_000, 20_000, 65_000};
    private static final long[] LASTING = {30_000, 2_000, 90_000, 400_000};
    private static final long[] FLEET_LASTING = {30_000, 2_000, 90_000, 400_000, 1_100_000};

    /** When all jobs are sent and the last host is back, in milliseconds. */
    long mishapsEnd() {
        long jobs = sent.stream().mapToLong(Sent::at).max().orElse(0);
        return Math.max(
                jobs,
                mishaps.stream()
                        .mapToLong(mishap -> mishap.at() + mishap.lasting())
                        .max()
                        .orElse(0));
    }

    /** One host, one sandbox, these jobs. */
    static Scenario of(List<Sent> sent) {
        return new Scenario(List.of(host(0, 8)), List.of(new Sandbox("a", 0, 1000)), sent, List.of(), false);
    }

    static Scenario random(Choices choices) {
        return random(choices, 1 + choices.pick(GAMES.size()), 1 + choices.pick(2), false);
    }

    /** Several hosts, and people who do what people do to them. */
    static Scenario randomFleet(Choices choices) {
        return random(choices, 1 + choices.pick(GAMES.size()), 2 + choices.pick(2), true);
    }

    private static Scenario random(Choices choices, int games, int hosts, boolean fleet) {
        boolean narrow = choices.chance(200);
        List<Host> all = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            all.add(host(i, narrow ? 1 : 8));
        }
        List<Sandbox> sandboxes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sandboxes.add(new Sandbox(
                    String.valueOf((char) ('a' + i)),
                    OFFSETS[choices.seldom(300, OFFSETS.length)],
                    RATES[choices.seldom(200, RATES.length)]));
        }
        return new Scenario(all, sandboxes, jobs(games, choices, fleet), mishaps(games, all, choices, fleet), fleet);
    }

    private static List<Sent> jobs(int games, Choices choices, boolean fleet) {
        List<Sent> sent = new ArrayList<>();
        int jobs = 1 + choices.pick(6);
        long at = 0;
        for (int i = 0; i < jobs; i++) {
            at += GAPS[choices.pick(GAPS.length)];
            GameId game = GAMES.get(choices.pick(games));
            JobId id = new JobId("j" + (choices.chance(60) && i > 0 ? i - 1 : i));
            Job any = Jobs.any(game, id, SimClock.BEGIN.plusMillis(at), choices);
            Job job = fleet ? Jobs.inFleet(any, choices) : any;
            sent.add(new Sent(at, job));
            if (choices.chance(80)) {
                sent.add(new Sent(at + GAPS[choices.pick(GAPS.length)], job));
            }
        }
        return sent;
    }

    private static List<Mishap> mishaps(int games, List<Host> hosts, Choices choices, boolean fleet) {
        List<Mishap> mishaps = new ArrayList<>();
        int count = fleet ? choices.pick(6) : choices.seldom(600, 5);
        int kinds = fleet ? Mishap.Kind.values().length : Mishap.SIMPLE;
        for (int i = 0; i < count; i++) {
            mishaps.add(new Mishap(
                    choices.pick(240) * 500L,
                    hosts.get(choices.pick(hosts.size())).id(),
                    Mishap.Kind.values()[choices.pick(kinds)],
                    fleet
                            ? FLEET_LASTING[choices.seldom(700, FLEET_LASTING.length)]
                            : LASTING[choices.pick(LASTING.length)],
                    GAMES.get(choices.pick(games))));
        }
        return mishaps;
    }

    static Host host(int number, int vcpu) {
        return new Host(
                        new HostId("host-" + (number + 1)),
                        URI.create("tcp://127.0.0.1:" + (2376 + number)),
                        "",
                        new Capacity(vcpu * 1000L, (long) vcpu << 30),
                        Capacity.NONE,
                        HostState.ACTIVE,
                        Map.of())
                .withEngine(Optional.of("host-" + (number + 1)));
    }
}
