package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** A stand-in for the engine's own primitives of an array. */
final class InternalProxy implements InvocationHandler {

    private final Recorder recorder;
    private final ArrayProxy receiver;
    private final NDArray array;

    InternalProxy(Recorder recorder, ArrayProxy receiver, NDArray array) {
        this.recorder = recorder;
        this.receiver = receiver;
        this.array = array;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        if (method.getName().equals("getArray")) {
            return array;
        }
        Method outOfPlace = LifecycleMethods.outOfPlace(NDArrayEx.class, method);
        if (outOfPlace == null) {
            return run(proxy, method, arguments);
        }
        recorder.requireInEngine(method, receiver, arguments);
        return receiver.replace(array, run(proxy, outOfPlace, arguments));
    }

    private Object run(Object proxy, Method method, Object[] arguments) throws Throwable {
        return method.isDefault() && !LifecycleMethods.OVERRIDDEN.contains(method.getName())
                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                : recorder.step(method.getName(), receiver, receiver.real().getNDArrayInternal(), method, arguments);
    }
}
