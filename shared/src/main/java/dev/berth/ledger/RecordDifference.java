package dev.berth.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.RuntimeRecord;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** In which fields two records differ. */
final class RecordDifference {
    private RecordDifference() {}

    /** @return their names on the wire */
    static List<String> of(Optional<RuntimeRecord> one, Optional<RuntimeRecord> other) {
        ObjectNode first = fields(one);
        ObjectNode second = fields(other);
        return RecordJson.FIELDS.stream()
                .filter(name -> !Objects.equals(first.get(name), second.get(name)))
                .toList();
    }

    private static ObjectNode fields(Optional<RuntimeRecord> record) {
        return record.map(RecordJson::write).orElseGet(Json::object);
    }
}
