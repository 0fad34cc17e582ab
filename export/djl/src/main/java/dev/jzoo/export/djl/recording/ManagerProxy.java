package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A stand-in for a manager. The arrays that it creates are constants, which live as long as the recording. */
final class ManagerProxy implements InvocationHandler {

    private final Recorder recorder;
    private final NDManager real;

    ManagerProxy(Recorder recorder, NDManager real) {
        this.recorder = recorder;
        this.real = real;
    }

    /** Returns the manager of a proxy; any other object unchanged. */
    static Object real(Object object) {
        return object instanceof Proxy && Proxy.getInvocationHandler(object) instanceof ManagerProxy handler
                ? handler.real
                : object;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        String name = method.getName();
        if (LifecycleMethods.KEEPS_MANAGER.contains(name)) {
            return null;
        } else if (name.equals("ret") || name.equals("from") && ArrayProxy.behind(arguments[0]) != null) {
            return arguments[0];
        } else if (name.equals("equals")) {
            return proxy == arguments[0];
        }
        if (LifecycleMethods.isRandom(name) || recorder.dependsOnInput(arguments)) {
            return recorder.step(name, real, method, arguments);
        }
        Object result = Recorder.call(real, method, arguments);
        if (result instanceof NDArray array) {
            return recorder.constant(array);
        }
        return result instanceof NDManager sub
                ? Recorder.proxy(NDManager.class, new ManagerProxy(recorder, sub))
                : result;
    }
}
