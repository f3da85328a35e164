package dev.berth.docker;

import dev.berth.model.ImageRef;
import java.util.function.Consumer;

/** Pulls images to one host, each together with others who want it. */
interface Pulls {
    void pull(ImageRef ref, Consumer<String> progress);
}
