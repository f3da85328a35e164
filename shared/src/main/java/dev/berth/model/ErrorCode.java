package dev.berth.model;

import static dev.berth.model.ErrorCode.Retry.LATER;
import static dev.berth.model.ErrorCode.Retry.NEVER;

/** The stable codes of everything that can go wrong; the text beside a code is for people. */
public enum ErrorCode implements WireName {
    INVALID_REQUEST(
            "invalid_request", NEVER, "the message or spec is not of the contract's form; the text names the field"),
    DEADLINE_EXCEEDED("deadline_exceeded", NEVER, "found after the job's own deadline"),
    SUPERSEDED("superseded", NEVER, "a newer request for the game was applied already"),
    IDEMPOTENCY_MISMATCH("idempotency_mismatch", NEVER, "a known job id with other content"),
    NOT_FOUND("not_found", NEVER, "no record of that game, or no such host"),
    CONFLICT("conflict", NEVER, "the record's state forbids it"),
    LEASE_HELD("lease_held", LATER, "another operation holds the game; given back for the lease's rest"),
    LEASE_LOST("lease_lost", NEVER, "this attempt was fenced out; the winner goes on"),
    SEMVER_PATCH_ONLY("semver_patch_only", NEVER, "a patch outside the same repository and major.minor"),
    IMAGE_REF_NOT_SEMVER("image_ref_not_semver", NEVER, "a patch from or to a tag that is no semantic version"),
    IMAGE_NOT_ALLOWED("image_not_allowed", NEVER, "the image is not on the allow-list"),
    IMAGE_NOT_FOUND("image_not_found", NEVER, "the registry does not have the image"),
    IMAGE_DENIED("image_denied", NEVER, "the registry refuses our credentials"),
    IMAGE_PULL_FAILED("image_pull_failed", LATER, "registry down, rate-limited, or a pull without progress"),
    NO_CAPACITY("no_capacity", LATER, "no host can take it now"),
    PORT_IN_USE("port_in_use", LATER, "a port that must be published is taken on the host"),
    HOST_UNREACHABLE("host_unreachable", LATER, "the engine cannot be reached"),
    DOCKER_ERROR("docker_error", LATER, "the engine failed"),
    TLS_FAILED("tls_failed", LATER, "no trusted connection to the engine"),
    HOST_DISK_FULL("host_disk_full", LATER, "the host's disk is full"),
    NAME_CONFLICT("name_conflict", NEVER, "a container of our name that is not ours"),
    CONTAINER_START_FAILED("container_start_failed", NEVER, "the container did not stay up; undone"),
    CONTAINER_UNHEALTHY("container_unhealthy", NEVER, "the container never became healthy; undone"),
    EXECUTION_STOPPED("execution_stopped", NEVER, "a stop arrived while it ran; undone"),
    STOP_FAILED("stop_failed", LATER, "still running after SIGKILL"),
    STORE_UNAVAILABLE("store_unavailable", LATER, "DynamoDB or SQS throttled or down"),
    LOG_CORRUPT("log_corrupt", NEVER, "the game's hash chain does not verify; the game is left alone"),
    INTERNAL("internal", LATER, "anything else");

    /** Whether the same job may succeed later without being changed. */
    public enum Retry {
        NEVER,
        LATER
    }

    private final String wire;
    private final Retry retry;
    private final String meaning;

    ErrorCode(String wire, Retry retry, String meaning) {
        this.wire = wire;
        this.retry = retry;
        this.meaning = meaning;
    }

    @Override
    public String wire() {
        return wire;
    }

    public boolean retried() {
        return retry == LATER;
    }

    /** When the code is used, in a few words; the README's table is printed from here. */
    public String meaning() {
        return meaning;
    }
}
