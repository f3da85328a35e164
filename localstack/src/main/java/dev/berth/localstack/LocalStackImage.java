package dev.berth.localstack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The image that is run.
 *
 * @param name with its tag
 * @param rootFileSystem a tar archive to make the image of, where the engine does not have it; without one it is pulled
 */
record LocalStackImage(String name, Optional<Path> rootFileSystem) {
    private static final String NAME = "berth.localstack.image";
    private static final String ROOT_FILE_SYSTEM = "berth.localstack.rootfs";

    /** The last one that starts without a token. */
    private static final String DEFAULT = "localstack/localstack:4.14.0";

    private static final int PULL_MINUTES = 10;

    static LocalStackImage ofProperties() {
        return new LocalStackImage(
                System.getProperty(NAME, DEFAULT),
                Optional.ofNullable(System.getProperty(ROOT_FILE_SYSTEM)).map(Path::of));
    }

    /**
     * Returns when the engine has the image.
     *
     * @throws NotHere if it cannot get it
     */
    void ensure(TestEngine engine) {
        try {
            engine.client().inspectImageCmd(name).exec();
        } catch (NotFoundException absent) {
            rootFileSystem.ifPresentOrElse(archive -> engine.make(name, archive), () -> pull(engine.client()));
        }
    }

    private void pull(DockerClient docker) {
        try {
            if (!docker.pullImageCmd(name).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                throw new NotHere("The image " + name + " was not pulled within " + PULL_MINUTES + " minutes.");
            }
        } catch (DockerException e) {
            throw new NotHere(
                    "The image " + name + " is not here and cannot be pulled: "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotHere("Interrupted while " + name + " was being pulled.", e);
        }
    }
}
