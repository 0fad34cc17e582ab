package dev.jzoo.export.djl.recording;

/** Thrown if the network's engine does not implement a primitive, so that the network cannot run at all. */
public final class NotInEngineException extends RuntimeException {

    NotInEngineException(String scope, String primitive, UnsupportedOperationException cause) {
        super(
                (scope.isEmpty() ? "" : scope + ", ") + primitive + ": the engine does not implement it"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }
}
