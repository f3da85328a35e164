package dev.berth.port;

import dev.berth.model.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * One call to a container engine that has come to an end.
 *
 * @param what it was for, as in "create the container"; never which container or image
 * @param failure as it was answered, or {@code host_unreachable} where it was not
 */
public record EngineCall(String what, Duration took, Optional<ErrorCode> failure) {}
