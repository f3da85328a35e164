package dev.berth.aws;

import static dev.berth.aws.Items.number;
import static dev.berth.aws.Items.text;

import dev.berth.model.Desired;
import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.LogHead;
import dev.berth.model.RuntimeStatus;
import dev.berth.port.Bound;
import dev.berth.port.Game;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.SpecJson;
import dev.berth.wire.Times;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The names of the game item's attributes, and the item as a {@link Game}. The record's fields stand flat beside. */
final class GameItem {
    static final String GAME_ID = "game_id";
    static final String FENCE = "fence";
    static final String LEASE_OWNER = "lease_owner";
    static final String LEASE_UNTIL = "lease_until";
    static final String DEPLOYMENT = "deployment";
    static final String STOP_REQUESTED = "stop_requested";
    static final String SPEC = "spec";
    static final String SEQ = "seq";
    static final String HEAD_HASH = "head_hash";
    static final String LAST_REQUESTED_AT = "last_requested_at";
    static final String EXPIRES_AT = "expires_at";
    static final String DUE_AT = "due_at";

    /** Until when nobody needs to look whether the open deployment is still worked on. */
    static final String RECOVER_AT = "recover_at";

    /** The partition key of the indexes by time: the same for all games, so that one query finds what is due. */
    static final String SWEEP = "sweep";

    static final String SWEEP_ALL = "all";
    static final String LAST_TOUCHED_AT = "last_touched_at";

    private GameItem() {}

    static Map<String, AttributeValue> key(GameId game) {
        return Map.of(GAME_ID, text(game.value()));
    }

    static AttributeValue millis(Instant instant) {
        return number(instant.toEpochMilli());
    }

    static Fence fence(Map<String, AttributeValue> item) {
        AttributeValue fence = item.get(FENCE);
        return new Fence(fence == null ? 0 : Long.parseLong(fence.n()));
    }

    static Instant leaseUntil(Map<String, AttributeValue> item) {
        AttributeValue until = item.get(LEASE_UNTIL);
        return until == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(until.n()));
    }

    static Game read(Map<String, AttributeValue> item) {
        return AwsErrors.stored("game", () -> parse(item));
    }

    private static Game parse(Map<String, AttributeValue> item) {
        Fields fields = Fields.of(Items.json(item));
        return new Game(
                fields.text(GAME_ID, GameId::new),
                fence(item),
                RecordJson.find(fields),
                fields.optionalText(SPEC, text -> SpecJson.read(Fields.of(Json.parse(text)))),
                head(fields),
                fields.optionalObject(DEPLOYMENT, DeploymentJson::read),
                lastRequestedAt(fields),
                fields.optionalWhole(DUE_AT, 0, Long.MAX_VALUE).map(Instant::ofEpochMilli));
    }

    /** What the index of hosts shows of a game. */
    static Bound bound(Map<String, AttributeValue> item) {
        return AwsErrors.stored("game", () -> {
            Fields fields = Fields.of(Items.json(item));
            return new Bound(
                    fields.text(GAME_ID, GameId::new),
                    fields.word("status", RuntimeStatus.class),
                    fields.word("desired", Desired.class),
                    fields.optionalText("container_id", id -> id));
        });
    }

    private static LogHead head(Fields fields) {
        return fields.optionalWhole(SEQ, 1, Long.MAX_VALUE)
                .map(seq -> new LogHead(seq, fields.text(HEAD_HASH, hash -> hash)))
                .orElse(LogHead.EMPTY);
    }

    private static Optional<Instant> lastRequestedAt(Fields fields) {
        return fields.optionalText(LAST_REQUESTED_AT, Times::instant);
    }
}
