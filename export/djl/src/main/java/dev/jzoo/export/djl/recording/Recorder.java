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
 * A recorder of a forward pass. It runs the pass on real arrays wrapped in proxies and records each primitive. The
 * arrays supply shapes, types and constants. No value of a tensor that depends on the input leaves the recording, so
 * costly values are not computed ({@link ShapeOnly}).
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
     * @param known returns the shape of a primitive's result from its name and arguments, if the result need not be
     * computed
     */
    public Recorder(NDManager manager, ParameterPaths paths, BiFunction<String, List<Object>, Optional<Shape>> known) {
        this(manager, paths, known, (result, array) -> {});
    }

    /** Returns a recorder that computes everything. */
    public static Recorder computing(
            NDManager manager, ParameterPaths paths, BiConsumer<RecordedTensor, NDArray> listener) {
        return new Recorder(manager, paths, (primitive, recorded) -> Optional.empty(), listener);
    }

    /** @param listener receives the result of each step with its array, which belongs to the recording */
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

    /** Runs the block on arrays that belong to the recording's manager, under their names. */
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

    /** Returns the proxy of a parameter's array. */
    private NDArray weight(Parameter parameter) {
        return weights.computeIfAbsent(parameter, unseen -> {
            NDArray array = parameter.getArray();
            return proxy(
                    array, trace(array, new RecordedTensor.TensorOrigin.ParameterOrigin(paths.of(parameter), array)));
        });
    }

    /** A parameter store that wraps the block's parameters in proxies. */
    private final class RecordingStore extends ParameterStore {

        RecordingStore() {
            super(manager, false);
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter == null ? null : weight(parameter);
        }
    }

    /** Runs a primitive and records it. Returns its result in proxies. */
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

    /** Tries an in-place method on a copy. An engine may lack it even though it has the method that does not write. */
    void requireInEngine(Method method, ArrayProxy receiver, Object[] arguments) throws Throwable {
        try (NDArray copy = receiver.real().duplicate()) {
            call(copy.getNDArrayInternal(), method, arguments);
        } catch (UnsupportedOperationException e) {
            throw new NotInEngineException(scope(List.of(receiver.value())), method.getName(), e);
        }
    }

    /** Runs and records a manager's method that computes or draws random numbers. Returns its result in proxies. */
    Object step(String name, NDManager target, Method method, Object[] arguments) throws Throwable {
        List<Object> recorded = allRecorded(arguments);
        try {
            return written(name, recorded, call(target, method, arguments), false);
        } catch (UnsupportedOperationException e) {
            throw new NotInEngineException(scope(recorded), name, e);
        }
    }

    /** Returns whether one of the arguments depends on the input. */
    boolean dependsOnInput(Object... arguments) {
        return !RecordedTensors.in(allRecorded(arguments)).allMatch(RecordedTensor::isConstant);
    }

    /** Records a step. Returns its result in proxies. */
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

    /** Returns the proxy of an array; a new proxy for an array from outside the recording. */
    ArrayProxy seen(NDArray array) {
        ArrayProxy known = ArrayProxy.behind(array);
        return known != null ? known : new ArrayProxy(this, array, traced(array), null);
    }

    /** Records that an array gets other values at the positions of an index. Returns the new array in a proxy. */
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

    /** Returns an array like another, with values from Java, in a proxy. */
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
     * Returns the scope of a step. A primitive with parameters belongs to their block. A primitive without parameters
     * belongs to the container's running child. If a block inside that child calls its children itself, the primitive
     * belongs to the block of its operand.
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

    /** Returns an array that the forward pass created, as a constant of the recording. */
    NDArray constant(NDArray array) {
        array.attach(manager);
        return proxy(array, trace(array, new RecordedTensor.TensorOrigin.ConstantOrigin(array)));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Returns the tensor of a proxy; an array from outside the recording is a constant. */
    private RecordedTensor traced(NDArray array) {
        ArrayProxy proxy = ArrayProxy.behind(array);
        return proxy != null ? proxy.value() : trace(array, new RecordedTensor.TensorOrigin.ConstantOrigin(array));
    }

    /** Returns an argument for the engine: real arrays instead of proxies. */
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

    /** Returns an argument for the recording: tensors instead of proxies. */
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
