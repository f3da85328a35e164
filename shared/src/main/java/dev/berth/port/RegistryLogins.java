package dev.berth.port;

import java.util.Optional;

/** How we log in to registries of images. */
public interface RegistryLogins {
    /** A user of a registry. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "login of " + user;
        }
    }

    /** @param registry as it stands in a reference, such as {@code docker.io} or {@code registry.example:5000} */
    Optional<Login> find(String registry);
}
