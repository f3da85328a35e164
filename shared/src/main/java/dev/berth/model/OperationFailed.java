package dev.berth.model;

import org.jspecify.annotations.Nullable;

/** An operation, or a part of one, failed for a reason that has a stable code. */
public final class OperationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** @param text for people, without secrets; it is shown in results and entries */
    public OperationFailed(ErrorCode code, String text) {
        this(code, text, null);
    }

    public OperationFailed(ErrorCode code, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The text for people; never null, unlike a message in general. */
    public String text() {
        String message = getMessage();
        return message == null ? code.meaning() : message;
    }
}
