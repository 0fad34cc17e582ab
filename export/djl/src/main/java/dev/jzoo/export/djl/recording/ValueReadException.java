package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.util.Optional;

/**
 * Thrown if the forward pass reads the values of a tensor that depends on the input, because it may take another path
 * for other values.
 */
public final class ValueReadException extends RuntimeException {

    private final Optional<String> unseen;

    ValueReadException(String method) {
        super(method);
        unseen = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> isOfArray(frame.getDeclaringClass()))
                        .findFirst()
                        .map(StackWalker.StackFrame::getMethodName));
    }

    /** Returns whether a class is an engine's array; the interfaces and the recording's proxies are not. */
    private static boolean isOfArray(Class<?> type) {
        return !type.isInterface()
                && !java.lang.reflect.Proxy.isProxyClass(type)
                && !NDManager.class.isAssignableFrom(type)
                && (NDArray.class.isAssignableFrom(type) || NDArrayEx.class.isAssignableFrom(type));
    }

    /**
     * Returns the method of an engine's array that read the values, such as "mul" with a tensor as operand. The
     * recording does not see that array, because nothing in the network leads to it. Empty if the network itself read
     * the values.
     */
    public Optional<String> unseen() {
        return unseen;
    }
}
