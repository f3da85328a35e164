package dev.berth.localstack;

import com.github.dockerjava.api.DockerClient;
import dev.berth.local.docker.Engine;
import dev.berth.local.process.LocalFailure;
import dev.berth.local.process.Ports;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.TestcontainersConfiguration;

/** The Docker engine that Testcontainers uses: the one that the environment names, this machine's, or one of our own. */
final class TestEngine implements AutoCloseable {
    /** Where our own engine keeps images for the next run. */
    private static final String DIRECTORY = "berth.localstack.engine";

    private final Optional<Engine> own;

    TestEngine(Optional<Engine> own) {
        this.own = own;
    }

    /** @throws NotHere if no engine can be had */
    static TestEngine start() {
        if (System.getenv("DOCKER_HOST") != null || Files.isWritable(Engine.SOCKET)) {
            return new TestEngine(Optional.empty());
        }
        try {
            var directory = Path.of(System.getProperty(DIRECTORY, "target/localstack-engine"));
            var own = Engine.start(directory, "localstack", Ports.loopback(Ports.ANY), System.out::println);
            // As if they stood in the user's file of settings.
            var settings = TestcontainersConfiguration.getInstance().getUserProperties();
            settings.setProperty("docker.host", own.endpoint().toString());
            settings.setProperty("docker.tls.verify", "1");
            settings.setProperty("docker.cert.path", own.tls().toString());
            return new TestEngine(Optional.of(own));
        } catch (LocalFailure e) {
            throw new NotHere("LocalStack needs a Docker engine. " + e.getMessage(), e);
        }
    }

    /**
     * Makes an image of a root file system.
     *
     * @throws NotHere if there is no such file, or the engine is not our own, whose images are its owner's
     */
    void make(String image, Path rootFileSystem) {
        var engine = own.orElseThrow(() -> new NotHere("The Docker engine has no image " + image
                + ": make it with `docker import " + rootFileSystem + " " + image + "`."));
        try (var api = engine.api()) {
            api.importImage(image, BodyPublishers.ofFile(rootFileSystem), List.of());
        } catch (FileNotFoundException e) {
            throw new NotHere("There is no " + rootFileSystem + " to make the image " + image + " of.", e);
        }
    }

    DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    @Override
    public void close() {
        own.ifPresent(engine -> {
            // When the JVM ends, Testcontainers looks for containers once more, and would tell at length that there is
            // no engine.
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
                if (!DockerClientFactory.TESTCONTAINERS_THREAD_GROUP.equals(thread.getThreadGroup())) {
                    failure.printStackTrace();
                }
            });
            engine.close();
        });
    }
}
