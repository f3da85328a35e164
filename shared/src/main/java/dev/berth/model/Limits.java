package dev.berth.model;

import java.time.Duration;

/** Every limit and time-out, in one place. {@link #check} holds their relations against each other. */
public final class Limits {
    /** Opening a connection to an engine, with its TLS handshake. */
    public static final Duration CONNECT = Duration.ofSeconds(3);

    /** A call that only looks. */
    public static final Duration READ = Duration.ofSeconds(30);

    public static final Duration CREATE = Duration.ofSeconds(60);

    public static final Duration START = Duration.ofSeconds(60);

    /** How large an engine's answer may be, in bytes: a list of thousands of containers. */
    public static final int MOST_ANSWERED = 16 << 20;

    /** And how large one that is read piece by piece: reports of a long pull, or all output that an engine keeps. */
    public static final int MOST_STREAMED = 64 << 20;

    /** Removing or killing a container. */
    public static final Duration REMOVE = Duration.ofSeconds(60);

    public static final Duration RENAME = Duration.ofSeconds(30);

    /** What a stop may take beyond its grace. */
    public static final Duration STOP_EXTRA = Duration.ofSeconds(15);

    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    public static final Duration MAX_GRACE = Duration.ofMinutes(5);

    /** A pull that reports nothing new for that long is given up. */
    public static final Duration PULL_SILENCE = Duration.ofMinutes(2);

    /** One call to DynamoDB or SQS, all its retries together. */
    public static final Duration STORE = Duration.ofSeconds(10);

    public static final Duration LEASE = Duration.ofSeconds(60);

    /** A changing call is not begun with less than this left of the lease or of the function's time. */
    public static final Duration MIN_CALL = Duration.ofSeconds(5);

    /** What a function keeps of its time for giving back, publishing and answering. */
    public static final Duration FUNCTION_MARGIN = Duration.ofSeconds(25);

    /** By how much a lease outlives the end of an attempt, and with it the function that took it. */
    public static final Duration LEASE_EXTRA = FUNCTION_MARGIN.plusSeconds(5);

    /** With less than this left of its time, a function begins no other message. */
    public static final Duration MIN_ATTEMPT = Duration.ofSeconds(20);

    /** Between two looks at a container that should become healthy. */
    public static final Duration HEALTH_POLL = Duration.ofMillis(250);

    /** How long a container may take to become healthy or to settle. */
    public static final Duration HEALTHY_WITHIN = Duration.ofSeconds(60);

    /** The longest that a health check may take to tell; a start must come to its end within its function's time. */
    public static final Duration HEALTHY_MOST = Duration.ofMinutes(8);

    /** Waiting for a name that the engine has reserved: first and longest pause, and how often. */
    public static final Duration NAME_PAUSE = Duration.ofMillis(20);

    public static final Duration NAME_PAUSE_MAX = Duration.ofMillis(200);

    public static final int NAME_TRIES = 40;

    /** A message that failed for now is given back for that long, doubling with each delivery. */
    public static final Duration GIVE_BACK = Duration.ofSeconds(2);

    public static final Duration GIVE_BACK_MAX = Duration.ofSeconds(60);

    /** The last permitted delivery; template.yaml's maxReceiveCount is the same. */
    public static final int MAX_DELIVERIES = 10;

    /** An open deployment that could not be finished for that long is undone. */
    public static final Duration DEPLOYMENT_AGE = Duration.ofMinutes(30);

    /** How long a stopped container is kept where its spec does not say. */
    public static final Duration RETENTION = Duration.ofHours(24);

    /** An image younger than this is never collected, and how many are at most, on one host in one round. */
    public static final Duration IMAGE_AGE = Duration.ofHours(24);

    public static final int IMAGES_COLLECTED = 5;

    /** Between two rounds of collecting images on one host. */
    public static final Duration IMAGE_ROUND = Duration.ofHours(1);

    /** How long a container must stay up after a restart or a patch where its spec does not say. */
    public static final Duration SETTLE = Duration.ofSeconds(2);

    /** How often the progress of a pull is written down. */
    public static final Duration PULL_PROGRESS = Duration.ofSeconds(5);

    /** The ports that are published where a spec names none: the first, and how many. Below those that systems give out. */
    public static final int FIRST_PORT = 20_000;

    public static final int PORTS = 12_000;

    /** How many ports are tried for one that is free. */
    public static final int PORT_TRIES = 8;

    private static final int PRIVILEGED_PORTS = 1023;

    /** Where Linux begins to give out ports by itself. */
    private static final int EPHEMERAL_PORTS = 32_768;

    /** How long results, and marks on games that do not exist, are kept. */
    public static final Duration KEEP_RESULTS = Duration.ofDays(28);

    /** How long the list of hosts may be remembered; a reservation is a conditional write all the same. */
    public static final Duration HOSTS_REMEMBERED = Duration.ofSeconds(5);

    /** How long a secret's value may be remembered after it was changed. */
    public static final Duration SECRETS_REMEMBERED = Duration.ofMinutes(5);

    /** How much of a failed container's output its error tells. */
    public static final int LAST_LOG_LINES = 50;

    /** And how many bytes of that, from the end: what else an error's text tells has room beside them. */
    public static final int LAST_LOG_BYTES = 3_000;

    /** So long may a host be silent before its games count as lost. */
    public static final Duration LOST_AFTER = Duration.ofMinutes(15);

    /** A container that is missing is looked for once more, not sooner than after that long. */
    public static final Duration SECOND_SIGHTING = Duration.ofSeconds(30);

    /** A container of a game of which nothing is known may be one that is being started; not when it is older. */
    public static final Duration CREATION_GRACE = Duration.ofMinutes(5);

    /** How often a game is started again by itself, within how long, before it is left as it is. */
    public static final int CRASH_LOOP_RESTARTS = 2;

    public static final Duration CRASH_LOOP_WITHIN = Duration.ofMinutes(10);

    /** How long reconcile waits for a host to list its containers. */
    public static final Duration RECONCILE_LIST = Duration.ofSeconds(10);

    /** How many differences one reconcile of a host settles at most, and how many at once. */
    public static final int RECONCILE_SETTLED = 20;

    public static final int RECONCILE_AT_ONCE = 4;

    /** A look at a host begins nothing more after that long: there is another one every minute. */
    public static final Duration RECONCILE_ROUND = Duration.ofSeconds(50);

    /** How many games of one host are looked at. */
    public static final int BOUND_GAMES = 2_000;

    /** How many games a drain tells of; every start on the host writes the item that they stand in. */
    public static final int DRAIN_TOLD = 500;

    /** A reconcile job that is found later than that is of no use: there is a newer one. */
    public static final Duration RECONCILE_DEADLINE = Duration.ofMinutes(3);

    /** How much of what is due one sweep takes up. */
    public static final int SWEEP_DUE = 500;

    /** What was due and could not be done is due again after that long, and not sooner. */
    public static final Duration DUE_AGAIN = Duration.ofMinutes(10);

    /** How many open deployments a sweep finishes at once. */
    public static final int SWEEP_AT_ONCE = 16;

    /** A certificate that ends sooner than that is warned of. */
    public static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);

    /** How far the clock of a host may be away from ours. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

    /** And how far at all: times of its containers would mean nothing to us. */
    public static final Duration CLOCK_DIFFERENCE_MOST = Duration.ofSeconds(60);

    /**
     * So long may a folder with TLS material be half written: what it held before is used on meanwhile, where there is
     * a connection. Whoever exchanges a certificate writes its key a moment earlier or later.
     */
    public static final Duration TLS_HALF_WRITTEN = Duration.ofSeconds(10);

    /** How many entries of a game's log go into the archive together; the state of the game is kept at their end. */
    public static final int SEGMENT = 500;

    /** How many calls to engines one line of the functions' logs tells of. */
    public static final int CALLS_TOLD = 50;

    /** How many entries are asked for at once. */
    public static final int LOG_PAGE = 500;

    /**
     * By how much the fence of a game that is rebuilt from its log exceeds all that the log tells of: whoever took a
     * lease and left no entry has raised it too.
     */
    public static final int REBUILT_FENCES = 1_000;

    private Limits() {}

    /** @throws IllegalStateException if two limits contradict each other; called once at start-up */
    public static void check() {
        require(MIN_CALL.compareTo(LEASE) < 0, "a lease must cover at least one call");
        require(CREATE.compareTo(LEASE) <= 0 && START.compareTo(LEASE) <= 0, "a lease must cover a create or a start");
        require(STORE.compareTo(LEASE) < 0, "a lease must outlive one call to the store");
        require(HEALTH_POLL.compareTo(LEASE) < 0, "a lease must outlive a pause between two looks");
        require(STORE.multipliedBy(2).compareTo(FUNCTION_MARGIN) < 0, "a margin must cover a release and a give-back");
        require(NAME_PAUSE.compareTo(NAME_PAUSE_MAX) <= 0, "the first pause must not be the longest");
        require(GIVE_BACK.compareTo(GIVE_BACK_MAX) <= 0, "the first delay must not be the longest");
        require(
                NAME_PAUSE_MAX.multipliedBy(NAME_TRIES).compareTo(LEASE) < 0,
                "a lease must outlive waiting for a name");
        require(PULL_PROGRESS.compareTo(LEASE) < 0, "a lease must outlive a pause between two notes of a pull");
        require(
                PULL_PROGRESS.compareTo(PULL_SILENCE) < 0,
                "the progress of a pull must be noted before it is given up");
        require(LAST_LOG_BYTES < Failure.MAX_BYTES, "an error must have room for more than a container's last words");
        require(SETTLE.compareTo(HEALTHY_WITHIN) <= 0, "what settles must have the time for it");
        require(DEPLOYMENT_AGE.compareTo(RETENTION) < 0, "a container must outlive what is still done about it");
        require(RETENTION.compareTo(KEEP_RESULTS) < 0, "the result of a stop must outlive its container");
        require(IMAGE_ROUND.compareTo(IMAGE_AGE) <= 0, "images must be collected more often than they grow old");
        require(FIRST_PORT > PRIVILEGED_PORTS, "published ports must be free for everybody");
        require(FIRST_PORT + PORTS <= EPHEMERAL_PORTS, "published ports must not be those that systems give out");
        require(PORT_TRIES <= PORTS, "no port must be tried twice");
        require(SECOND_SIGHTING.compareTo(LOST_AFTER) < 0, "what is missing must be seen before its host is lost");
        require(HEALTHY_MOST.compareTo(LOST_AFTER) < 0, "a start must end before its host counts as lost");
        require(MOST_ANSWERED <= MOST_STREAMED, "what is not kept may be larger than what is");
        require(RECONCILE_LIST.compareTo(READ) <= 0, "a list must be given up within the limit of a look");
        require(
                CLOCK_DIFFERENCE.compareTo(CLOCK_DIFFERENCE_MOST) < 0,
                "a clock must be warned of before its host is refused");
        require(
                CRASH_LOOP_RESTARTS < RestartRule.REMEMBERED,
                "the restarts that end a loop must be remembered by the record");
    }

    private static void require(boolean holds, String relation) {
        if (!holds) {
            throw new IllegalStateException(relation);
        }
    }
}
