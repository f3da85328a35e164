package dev.berth.port;

import java.util.Optional;

/** Values that stand in no message, record or log: there is only their name. */
public interface Secrets {
    Optional<String> find(String name);
}
