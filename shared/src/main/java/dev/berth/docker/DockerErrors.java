package dev.berth.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.exception.DockerException;
import dev.berth.model.ErrorCode;
import dev.berth.model.OperationFailed;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Translates failures of docker-java: answers of the engine by what they say, everything else by its cause. */
final class DockerErrors {
    /** How much of an answer an error's text can tell. */
    private static final int MOST_TOLD = 4096;

    private DockerErrors() {}

    /** Runs a call, and turns what it throws into a failure with a code. */
    static <T extends @Nullable Object> T translated(String what, Supplier<T> call) {
        try {
            return overALiveConnection(call);
        } catch (OperationFailed known) {
            throw known;
        } catch (DockerException answer) {
            throw ofAnswer(what, answer);
        } catch (RuntimeException failure) {
            throw ofConnection(what, failure);
        }
    }

    /**
     * Connections that the engine has closed while they were idle are found out only by their use. Every call may be
     * made again: what is done already is success, and a create meets its own name.
     */
    private static <T extends @Nullable Object> T overALiveConnection(Supplier<T> call) {
        for (int i = 0; i < DockerHosts.CONNECTIONS; i++) {
            try {
                return call.get();
            } catch (RuntimeException failure) {
                if (cause(failure, NoHttpResponseException.class).isEmpty()) {
                    throw failure;
                }
            }
        }
        return call.get();
    }

    private static OperationFailed ofAnswer(String what, DockerException answer) {
        String text = text(answer);
        String lower = text.toLowerCase(Locale.ROOT);
        ErrorCode code = ErrorCode.DOCKER_ERROR;
        if (lower.contains("no space left on device")) {
            code = ErrorCode.HOST_DISK_FULL;
        } else if (lower.contains("port is already allocated") || lower.contains("address already in use")) {
            code = ErrorCode.PORT_IN_USE;
        }
        return new OperationFailed(code, "the engine refused to " + what + ": " + text, answer);
    }

    /** What an answer of the engine says, without the JSON around it. */
    static String text(DockerException answer) {
        String message = Optional.ofNullable(answer.getMessage()).orElse("no reason given");
        String told = message.length() > MOST_TOLD ? message.substring(0, MOST_TOLD) : message;
        return told.replaceAll("(?s)^Status \\d+: ", "")
                .replaceAll("(?s)^\\{\\s*\"message\"\\s*:\\s*\"(.*)\"\\s*\\}\\s*$", "$1")
                .strip();
    }

    /**
     * The runtime's words for a command that is not there or cannot be run, as runc and crun say it. The same words
     * about anything else (a missing runtime, a broken mount) are the host's fault.
     */
    static boolean isCommandsFault(DockerException refused) {
        String text = text(refused).toLowerCase(Locale.ROOT);
        boolean ofProcess = text.contains("starting container process caused")
                || text.contains("unable to start container process")
                || text.contains("executable file `");
        return (ofProcess && text.contains("exec")) || text.contains("unable to find user");
    }

    static OperationFailed ofConnection(String what, Throwable failure) {
        Optional<OperationFailed> known = cause(failure, OperationFailed.class);
        if (known.isPresent()) {
            return new OperationFailed(known.get().code(), known.get().text(), failure);
        }
        Optional<SSLException> tls = cause(failure, SSLException.class);
        if (tls.isPresent()) {
            return new OperationFailed(
                    ErrorCode.TLS_FAILED,
                    "no trusted connection to " + what + ": " + tls.get().getMessage(),
                    failure);
        }
        Optional<IOException> io = cause(failure, IOException.class);
        if (io.isPresent() && !(io.get() instanceof JsonProcessingException)) {
            return unreachable(what, io.get());
        }
        return new OperationFailed(
                ErrorCode.DOCKER_ERROR,
                "the engine's answer makes no sense, asked to " + what + ": "
                        + failure.getClass().getSimpleName(),
                failure);
    }

    static OperationFailed unreachable(String what, Throwable why) {
        return new OperationFailed(
                ErrorCode.HOST_UNREACHABLE,
                "the engine could not be reached to " + what + ": "
                        + why.getClass().getSimpleName(),
                why);
    }

    private static <E extends Throwable> Optional<E> cause(Throwable failure, Class<E> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
