package dev.jzoo.export.djl.recording;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Runs a forward pass on real arrays behind proxies and writes down each primitive. The arrays give shapes, types and
 * constants for nothing; no value of a tensor that depends on the input ever leaves the recording, so that costly ones are
 * not computed ({@link ShapeOnly}).
 */
public final class Recorder {

    private final NDManager manager;
    private final ParameterPaths paths;
    private final BiFunction<String, List<Object>, Optional<Shape>> known;
    private final BiConsumer<RecordedTensor, NDArray> listener;
    private final List<RecordedStep> steps = new ArrayList<>();
    private final Map<Parameter, NDArray> weights = new IdentityHashMap<>();
    private BlockScopes scopes;
    private int tensors;

    /**
     * @param manager owner of every array of this recording
     * @param paths names of the parameters
     * @param known shape of a primitive's result from its name and arguments, where it need not be computed
     */
    public Recorder(NDManager manager, ParameterPaths paths, BiFunction<String, List<Object>, Optional<Shape>> known) {
        this(manager, paths, known, (result, array) -> {});
    }

    /** Computes everything. */
    public static Recorder computing(
            NDManager manager, ParameterPaths paths, BiConsumer<RecordedTensor, NDArray> listener) {
        return new Recorder(manager, paths, (primitive, recorded) -> Optional.empty(), listener);
    }

    /**
     * @param listener hears the result of each step with its array, which belongs to the recording
     */
    private Recorder(
            NDManager manager,
            ParameterPaths paths,
            BiFunction<String, List<Object>, Optional<Shape>> known,
            BiConsumer<RecordedTensor, NDArray> listener) {
        this.manager = manager;
        this.paths = paths;
        this.known = known;
        this.listener = listener;
    }

    /** Runs the block on arrays that belong to the recording's manager, under the names that they have. */
    public Recording record(Block block, NDList inputs) {
        List<RecordedTensor> given = new ArrayList<>();
        NDList proxies = new NDList();
        for (int i = 0; i < inputs.size(); i++) {
            given.add(trace(inputs.get(i), new RecordedTensor.TensorOrigin.InputOrigin(i)));
            proxies.add(proxy(inputs.get(i), given.get(i)));
        }
        HeldArrays held = HeldArrays.replace(block, new StandIns(), paths);
        try (BlockScopes watched = BlockScopes.watch(block)) {
            scopes = watched;
            NDList outputs = block.forward(new RecordingStore(), proxies, false);
            return new Recording(
                    given,
                    List.copyOf(steps),
                    outputs.stream().map(this::traced).toList(),
                    outputs.stream().map(Recorder::givenName).toList());
        } finally {
            held.restore();
        }
    }

    private static String givenName(NDArray output) {
        ArrayProxy proxy = ArrayProxy.behind(output);
        return proxy == null ? "" : proxy.name();
    }

    private final class StandIns implements HeldArrays.Proxies {

        @Override
        public NDArray constant(NDArray array) {
            return proxy(array, trace(array, new RecordedTensor.TensorOrigin.ConstantOrigin(array)));
        }

        @Override
        public NDArray parameter(Parameter parameter) {
            return weight(parameter);
        }

        @Override
        public NDManager manager(NDManager real) {
            return proxy(NDManager.class, new ManagerProxy(Recorder.this, real));
        }
    }

    /** A parameter's array behind its proxy. */
    private NDArray weight(Parameter parameter) {
        return weights.computeIfAbsent(parameter, unseen -> {
            NDArray array = parameter.getArray();
            return proxy(
                    array, trace(array, new RecordedTensor.TensorOrigin.ParameterOrigin(paths.of(parameter), array)));
        });
    }

    /** Gives the block its parameters behind proxies. */
    private final class RecordingStore extends ParameterStore {

        RecordingStore() {
            super(manager, false);
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter == null ? null : weight(parameter);
        }
    }

    /** Runs a primitive for real and writes it down. Returns its result behind proxies. */
    Object step(String name, ArrayProxy receiver, Object target, Method method, Object[] arguments) throws Throwable {
        List<Object> recorded = allRecorded(arguments);
        recorded.add(0, receiver.value());
        String scope = scope(recorded);
        boolean folded = RecordedTensors.in(recorded).allMatch(RecordedTensor::isConstant)
                || LifecycleMethods.READS_SHAPE.contains(name);
        Optional<Shape> shape = folded ? Optional.empty() : known.apply(name, recorded);
        Object result;
        try {
            result = shape.isPresent()
                    ? shapeOnly(shape.get(), receiver.value(), method)
                    : call(target, method, arguments);
        } catch (UnsupportedOperationException e) {
            throw new NotInEngineException(scope, name, e);
        }
        return written(name, recorded, result, folded);
    }

    /** Tries a method that writes in place on a copy: an engine may lack it, and still have the one that does not. */
    void requireInEngine(Method method, ArrayProxy receiver, Object[] arguments) throws Throwable {
        try (NDArray copy = receiver.real().duplicate()) {
            call(copy.getNDArrayInternal(), method, arguments);
        } catch (UnsupportedOperationException e) {
            throw new NotInEngineException(scope(List.of(receiver.value())), method.getName(), e);
        }
    }

    /** As {@link #step(String, ArrayProxy, Object, Method, Object[])}, of a manager that computes or draws at random. */
    Object step(String name, NDManager target, Method method, Object[] arguments) throws Throwable {
        List<Object> recorded = allRecorded(arguments);
        try {
            return written(name, recorded, call(target, method, arguments), false);
        } catch (UnsupportedOperationException e) {
            throw new NotInEngineException(scope(recorded), name, e);
        }
    }

    /** Whether one of the arguments of a call does. */
    boolean dependsOnInput(Object... arguments) {
        return !RecordedTensors.in(allRecorded(arguments)).allMatch(RecordedTensor::isConstant);
    }

    /** Writes a step down. Returns its result behind proxies. */
    private Object written(String name, List<Object> recorded, Object result, boolean folded) {
        String scope = scope(recorded);
        List<RecordedTensor> results = new ArrayList<>();
        Object wrapped = result;
        if (result instanceof NDArray array) {
            wrapped = result(array, scope, folded, results);
        } else if (result instanceof NDList list) {
            NDList proxies = new NDList();
            list.forEach(array -> proxies.add(result(array, scope, folded, results)));
            wrapped = proxies;
        }
        steps.add(new RecordedStep(name, scope, Collections.unmodifiableList(recorded), results));
        return wrapped;
    }

    private Object shapeOnly(Shape shape, RecordedTensor like, Method method) {
        NDArray array = ShapeOnly.array(manager, shape, like);
        return method.getReturnType() == NDList.class ? new NDList(array) : array;
    }

    private NDArray result(NDArray array, String scope, boolean folded, List<RecordedTensor> results) {
        RecordedTensor value = trace(
                array,
                folded
                        ? new RecordedTensor.TensorOrigin.FoldedOrigin(array)
                        : new RecordedTensor.TensorOrigin.StepOrigin(scope));
        results.add(value);
        listener.accept(value, array);
        return proxy(array, value);
    }

    /** The proxy of an array; of one from outside the recording a new one. */
    ArrayProxy seen(NDArray array) {
        ArrayProxy known = ArrayProxy.behind(array);
        return known != null ? known : new ArrayProxy(this, array, traced(array), null);
    }

    /** Writes down that an array gets other values at the places of an index. Returns it with these, behind a proxy. */
    Object assigned(ArrayProxy receiver, NDIndex index, Object written) {
        NDArray copy = receiver.real().duplicate();
        copy.attach(manager);
        if (written instanceof NDArray values) {
            copy.set((NDIndex) real(index), (NDArray) real(values));
        } else {
            copy.set((NDIndex) real(index), (Number) written);
        }
        List<Object> recorded = allRecorded(index, written);
        recorded.add(0, receiver.value());
        return written("set", recorded, copy, RecordedTensors.in(recorded).allMatch(RecordedTensor::isConstant));
    }

    /** An array like another with values of Java's, behind a proxy. */
    Object filled(ArrayProxy like, Object values) {
        NDArray array = manager.create(like.value().shape(), like.value().type());
        if (values instanceof Buffer buffer) {
            array.set(buffer);
        } else if (values instanceof float[] floats) {
            array.set(floats);
        } else if (values instanceof double[] doubles) {
            array.set(doubles);
        } else if (values instanceof int[] ints) {
            array.set(ints);
        } else if (values instanceof long[] longs) {
            array.set(longs);
        } else {
            array.set((byte[]) values);
        }
        return constant(array);
    }

    /**
     * A primitive with parameters belongs to their block. One without belongs to the container's child that is running or,
     * if a block inside that calls its children itself, to the block around that of its operand.
     */
    private String scope(List<Object> arguments) {
        String owner = RecordedTensors.in(arguments)
                .filter(tensor -> tensor.origin() instanceof RecordedTensor.TensorOrigin.ParameterOrigin)
                .map(RecordedTensor::scope)
                .findFirst()
                .orElse(null);
        if (owner != null) {
            return owner;
        }
        String running = scopes.current();
        String operand = RecordedTensors.in(arguments)
                .map(RecordedTensor::scope)
                .filter(scope -> !scope.isEmpty())
                .findFirst()
                .orElse("");
        String around = operand.contains("/") ? operand.substring(0, operand.lastIndexOf('/')) : "";
        return around.startsWith(running) ? around : running;
    }

    RecordedTensor trace(NDArray array, RecordedTensor.TensorOrigin origin) {
        return new RecordedTensor(tensors++, origin, array.getShape(), array.getDataType());
    }

    NDArray proxy(NDArray array, RecordedTensor value) {
        return proxy(NDArray.class, new ArrayProxy(this, array, value, null));
    }

    /** An array that the forward pass made, as a constant of the recording. */
    NDArray constant(NDArray array) {
        array.attach(manager);
        return proxy(array, trace(array, new RecordedTensor.TensorOrigin.ConstantOrigin(array)));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The tensor behind a proxy; an array from outside the recording is a constant. */
    private RecordedTensor traced(NDArray array) {
        ArrayProxy proxy = ArrayProxy.behind(array);
        return proxy != null ? proxy.value() : trace(array, new RecordedTensor.TensorOrigin.ConstantOrigin(array));
    }

    /** An argument as the engine wants it: real arrays instead of proxies. */
    private static Object real(Object argument) {
        if (argument instanceof NDList list) {
            NDList reals = new NDList();
            list.forEach(array -> reals.add((NDArray) real(array)));
            return reals;
        } else if (argument instanceof NDArray[] arrays) {
            return Arrays.stream(arrays).map(array -> (NDArray) real(array)).toArray(NDArray[]::new);
        } else if (argument instanceof NDIndex index) {
            return IndexPart.with(index, array -> (NDArray) real(array));
        }
        ArrayProxy proxy = ArrayProxy.behind(argument);
        return proxy != null ? proxy.real() : ManagerProxy.real(argument);
    }

    private List<Object> allRecorded(Object... arguments) {
        List<Object> recorded = new ArrayList<>();
        for (Object argument : arguments) {
            recorded.add(recorded(argument));
        }
        return recorded;
    }

    /** An argument as the recording keeps it: tensors instead of proxies. */
    private Object recorded(Object argument) {
        if (argument instanceof NDList list) {
            return list.stream().map(this::traced).toList();
        } else if (argument instanceof NDArray[] arrays) {
            return Arrays.stream(arrays).map(this::traced).toList();
        } else if (argument instanceof NDIndex index) {
            return IndexPart.of(index, this::traced);
        }
        return argument instanceof NDArray array ? traced(array) : argument;
    }

    /** Calls a method of the engine with real arrays. */
    static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            Object[] reals = Arrays.stream(arguments).map(Recorder::real).toArray();
            return method.invoke(target, reals);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
