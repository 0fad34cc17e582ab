package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.util.Optional;

/** The forward pass read the values of a tensor that depends on the input, so that it may take another way for others. */
public final class ValueReadException extends RuntimeException {

    private final Optional<String> unseen;

    ValueReadException(String method) {
        super(method);
        unseen = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> isOfArray(frame.getDeclaringClass()))
                        .findFirst()
                        .map(StackWalker.StackFrame::getMethodName));
    }

    /** A class of the engine; the interfaces, and the proxies that this recording makes of them, are not. */
    private static boolean isOfArray(Class<?> type) {
        return !type.isInterface()
                && !java.lang.reflect.Proxy.isProxyClass(type)
                && !NDManager.class.isAssignableFrom(type)
                && (NDArray.class.isAssignableFrom(type) || NDArrayEx.class.isAssignableFrom(type));
    }

    /**
     * The method of an array of the engine that read the values, an operand of "mul": the recording does not see that array, as
     * nothing of the network leads to it. Empty where the network itself read them.
     */
    public Optional<String> unseen() {
        return unseen;
    }
}
