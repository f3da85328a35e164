package dev.berth.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.action.StateCodec;
import dev.berth.model.Endpoint;
import dev.berth.model.Fence;
import dev.berth.model.GameContainer;
import dev.berth.model.ImageRef;
import dev.berth.model.PinnedImage;
import dev.berth.model.Placement;
import dev.berth.model.RuntimeRecord;
import dev.berth.model.RuntimeSpec;
import dev.berth.port.ContainerHost.Image;
import dev.berth.wire.Fields;
import dev.berth.wire.Json;
import dev.berth.wire.RecordJson;
import dev.berth.wire.SpecJson;
import dev.berth.wire.Times;
import java.util.List;
import java.util.Optional;

/**
 * How far a start has come, alone or inside of another operation.
 *
 * @param place the host it was decided for
 * @param reserved whether this start reserved that place, or had it already
 * @param image what the reference meant on that host
 * @param container as created, and later as proven to run
 * @param oldGone whether the container of the record before had to make room
 * @param spared an older container that must not make room but is set aside
 */
record Starting(
        ImageRef ref,
        RuntimeSpec spec,
        Optional<Placement> place,
        boolean reserved,
        Optional<Image> image,
        PortChoice ports,
        Optional<GameContainer> container,
        boolean oldGone,
        Optional<String> spared) {

    static final StateCodec<Starting> CODEC = new StateCodec<>() {
        @Override
        public String write(Starting state) {
            return Json.write(state.toJson());
        }

        @Override
        public Starting read(String text) {
            return fromJson(Fields.of(Json.parse(text)));
        }
    };

    static Starting of(ImageRef ref, RuntimeSpec spec, PortChoice ports) {
        return new Starting(
                ref, spec, Optional.empty(), false, Optional.empty(), ports, Optional.empty(), false, Optional.empty());
    }

    Starting at(Placement there, boolean newly) {
        return new Starting(ref, spec, Optional.of(there), newly, image, ports, container, oldGone, spared);
    }

    Starting with(Image found) {
        return new Starting(ref, spec, place, reserved, Optional.of(found), ports, container, oldGone, spared);
    }

    Starting with(PortChoice others) {
        return new Starting(ref, spec, place, reserved, image, others, container, oldGone, spared);
    }

    Starting with(GameContainer proven) {
        return new Starting(ref, spec, place, reserved, image, ports, Optional.of(proven), oldGone, spared);
    }

    Starting withoutContainer(boolean gone) {
        return new Starting(ref, spec, place, reserved, image, ports, Optional.empty(), oldGone || gone, spared);
    }

    Starting sparing(Optional<String> older) {
        return new Starting(ref, spec, place, reserved, image, ports, container, oldGone, older);
    }

    Placement placed() {
        return place.orElseThrow();
    }

    /** What it comes to when all is done. */
    RuntimeRecord record(Optional<RuntimeRecord> before) {
        return RuntimeRecord.running(
                placed(),
                container.orElseThrow(),
                new PinnedImage(ref, image.orElseThrow().digest()),
                SpecJson.hash(spec),
                spec.volumes().isEmpty() ? before.flatMap(RuntimeRecord::volumesOn) : Optional.of(placed().host()));
    }

    /** What has to be given back if the start does not succeed. */
    Optional<Placement> newlyReserved() {
        return reserved ? place : Optional.empty();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("image_ref", ref.value());
        json.set("spec", SpecJson.write(spec));
        place.ifPresent(there -> RecordJson.write(json, there));
        json.put("reserved", reserved);
        image.ifPresent(found -> json.put("image_id", found.id()).put("image_digest", found.digest()));
        json.set("ports", ports.toJson());
        container.ifPresent(there -> {
            json.put("container_id", there.id());
            json.put("container_fence", there.fence().value());
            json.put("container_started_at", Times.write(there.startedAt()));
            json.set("endpoint", RecordJson.write(there.endpoints()));
        });
        json.put("old_gone", oldGone);
        spared.ifPresent(id -> json.put("spared", id));
        return json;
    }

    static Starting fromJson(Fields fields) {
        Optional<Image> image = fields.optionalText("image_id", id -> id)
                .map(id -> new Image(id, fields.text("image_digest", digest -> digest)));
        List<Endpoint> endpoints = RecordJson.endpoints(fields);
        return new Starting(
                fields.text("image_ref", ImageRef::new),
                fields.optionalObject("spec", SpecJson::read).orElseThrow(),
                RecordJson.placement(fields),
                fields.flag("reserved"),
                image,
                fields.optionalObject("ports", PortChoice::fromJson).orElseThrow(),
                fields.optionalText("container_id", id -> id)
                        .map(id -> new GameContainer(
                                id,
                                new Fence(fields.whole("container_fence", 0, Long.MAX_VALUE)),
                                endpoints,
                                fields.text("container_started_at", Times::instant))),
                fields.flag("old_gone"),
                fields.optionalText("spared", id -> id));
    }
}
