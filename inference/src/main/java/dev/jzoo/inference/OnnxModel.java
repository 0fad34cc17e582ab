package dev.jzoo.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * An open ONNX model of any kind. Holds native memory until it is closed.
 *
 * <p>Threads may run one model at the same time. {@link #close()} waits for running calls; later calls fail with
 * IllegalStateException. Name, ports and metadata can still be read after closing.
 */
public final class OnnxModel implements AutoCloseable {

    private final String name;
    private final OrtSession session;
    private final Device device;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final Set<String> outputNames;
    private final InputCheck inputCheck;
    /** Empty for a model in ONNX Runtime's own format; then only {@link #about} is known. */
    private final Optional<ModelHeader> header;

    private final OnnxModelMetadata about;
    private final Map<String, String> metadata;
    /** Holds null until the card is first read. */
    private final AtomicReference<Optional<ModelCard>> card = new AtomicReference<>();

    /** Names of outputs whose memory ONNX Runtime allocates; on a GPU all of them, since they are copied from there. */
    private final Set<String> notPinned = ConcurrentHashMap.newKeySet();

    /** Idle runs, last in, first out. A single thread thus always gets the run that has the shapes of its last call. */
    private final Deque<ReusableRun> idle = new ConcurrentLinkedDeque<>();

    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxModel(String name, OrtRuntime.Opened opened, Optional<ModelHeader> header)
            throws OrtException, DataFormatException {
        requireNames(name, header);
        this.name = name;
        this.session = opened.session();
        this.device = opened.device();
        this.inputs = ports(session::getInputInfo, session::getInputNames);
        this.outputs = ports(session::getOutputInfo, session::getOutputNames);
        this.outputNames = outputs.stream().map(Port::name).collect(Collectors.toCollection(LinkedHashSet::new));
        this.inputCheck = new InputCheck(inputs);
        if (!(device instanceof Device.Cpu)) {
            notPinned.addAll(outputNames);
        }
        this.header = header;
        this.about = session.getMetadata();
        this.metadata = header.<Map<String, String>>map(ModelHeader::metadata)
                .orElseGet(() -> Collections.unmodifiableMap(new TreeMap<>(about.getCustomMetadata())));
    }

    /** Opens a file with {@link SessionSettings#standard()}. */
    public static OnnxModel open(Path file, Device device) throws IOException {
        return open(file, device, SessionSettings.standard());
    }

    /**
     * Opens a file. Weights in files next to it are found.
     *
     * @throws DataFormatException if it is not an ONNX model that ONNX Runtime can load; the message says what it looks like
     * @throws JZooException NOT_FOUND if the file does not exist, DEVICE if the device cannot be used
     */
    public static OnnxModel open(Path file, Device device, SessionSettings settings) throws IOException {
        if (!Files.exists(file)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + file + ".", "Check the path for typos.");
        }
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file, "expected an ONNX model, found a folder");
        }
        return open(ModelOrigin.of(file), device, settings);
    }

    /** Opens a file with its own name for messages instead of the path. Fails like {@link #open(Path, Device)}. */
    public static OnnxModel open(Path file, String name, Device device, SessionSettings settings) throws IOException {
        return open(ModelOrigin.of(file).named(name), device, settings);
    }

    /** Opens a model in memory with {@link SessionSettings#standard()}. */
    public static OnnxModel open(byte[] model, String name, Device device) throws IOException {
        return open(model, name, device, SessionSettings.standard());
    }

    /**
     * Opens a model in memory. The array is not needed afterwards.
     *
     * @param name the model's name in messages
     * @throws DataFormatException if it is not an ONNX model that ONNX Runtime can load; the message says what it looks like
     * @throws JZooException DEVICE if the device cannot be used
     */
    public static OnnxModel open(byte[] model, String name, Device device, SessionSettings settings)
            throws IOException {
        return open(ModelOrigin.of(model, name), device, settings);
    }

    /**
     * Opens a file with one of its inner tensors as an additional, last output. If the tensor is already an output, this is
     * {@link #open(Path, Device)}.
     *
     * @throws IllegalArgumentException if the graph computes no tensor of this name
     */
    public static OnnxModel openWith(Path file, String tensor, Device device) throws IOException {
        OnnxModel plain = open(file, device);
        if (plain.outputNames.contains(tensor)) {
            return plain;
        }
        List<String> computed = plain.header.map(ModelHeader::computed).orElse(List.of());
        plain.close();
        if (!computed.contains(tensor)) {
            throw new IllegalArgumentException(file + " has no tensor '" + tensor + "'; its last tensors are "
                    + computed.subList(Math.max(0, computed.size() - 5), computed.size()) + ".");
        }
        byte[] extended = InnerTensor.asOutput(OnnxBytes.read(file), tensor);
        return open(ModelOrigin.of(file, extended), device, SessionSettings.standard());
    }

    private static OnnxModel open(ModelOrigin origin, Device device, SessionSettings settings)
            throws DataFormatException {
        String name = origin.name();
        if (origin.head().length == 0) {
            throw new DataFormatException(name, OnnxBytes.refusal(origin.head()));
        }
        try {
            OrtRuntime.Opened opened = OrtRuntime.open(name, origin.session(), device, settings);
            try {
                return new OnnxModel(name, opened, ModelHeader.read(origin.bytes()));
            } catch (OrtException | DataFormatException | RuntimeException e) {
                opened.session().close();
                throw e;
            }
        } catch (OrtException e) {
            throw new DataFormatException(name, notLoaded(origin.head(), e));
        }
    }

    private static String notLoaded(byte[] head, OrtException e) {
        return FileKind.recognise(head).isPresent() || e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF
                ? OnnxBytes.refusal(head)
                : "ONNX Runtime " + OrtRuntime.environment().getVersion() + " cannot load it: " + OrtMessage.of(e);
    }

    /** Rejects names of ports that the binding would pass to ONNX Runtime misspelled. */
    private static void requireNames(String model, Optional<ModelHeader> header) throws DataFormatException {
        for (String port : header.map(ModelHeader::ports).orElse(List.of())) {
            if (!NativeText.isSafe(port)) {
                throw new DataFormatException(
                        model,
                        "the name of its input or output '" + port
                                + "' has a character beyond U+FFFF or a NUL, which ONNX Runtime's Java binding cannot pass"
                                + " on; rename it");
            }
        }
    }

    /** Returns the ports. If some are optional values, which the binding cannot describe, only names are known. */
    private static List<Port> ports(PortSource<Map<String, NodeInfo>> described, PortSource<Set<String>> named)
            throws OrtException {
        Map<String, NodeInfo> nodes;
        try {
            nodes = described.get();
        } catch (OrtException e) {
            return named.get().stream()
                    .map(name -> new Port(name, ElementType.OTHER, List.of()))
                    .toList();
        }
        return nodes.values().stream().map(Port::of).toList();
    }

    private interface PortSource<T> {
        T get() throws OrtException;
    }

    /** Computes all outputs. Fails like {@link #run(Map, Set)}. */
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        return run(given, outputNames);
    }

    /**
     * Computes some of the outputs.
     *
     * @param given a tensor for each input, by name
     * @param wanted names of outputs, at least one
     * @return the outputs by name
     * @throws IllegalArgumentException naming every fault: inputs that are missing, unknown, or of another type or shape,
     *     and unknown outputs
     * @throws IllegalStateException after {@link #close()}
     * @throws JZooException BAD_INPUT if the model fails on these values, for example on an index out of range or on axes
     *     of one name with different sizes; DEVICE if the GPU fails
     */
    public Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + " is closed; open it again to run it.");
            }
            ReusableRun call = idle.poll();
            if (call == null) {
                call = newCall();
            }
            try {
                return call.run(given, wanted);
            } finally {
                idle.push(call);
            }
        } catch (OrtException e) {
            throw failed(e, given);
        } finally {
            life.readLock().unlock();
        }
    }

    private ReusableRun newCall() {
        return new ReusableRun(
                session, new NativeInputs(inputs), new PinnedOutputs(inputs, outputs, notPinned), this::check);
    }

    private void check(Map<String, Tensor> given, Set<String> wanted) {
        inputCheck.check(name, given);
        checkOutputs(wanted);
    }

    private void checkOutputs(Set<String> wanted) {
        if (wanted.isEmpty() || !outputNames.containsAll(wanted)) {
            throw new IllegalArgumentException(
                    name + " cannot be run: expected some of its outputs " + outputNames + ", found " + wanted + ".");
        }
        for (Port output : outputs) {
            if (output.type() == ElementType.OTHER && wanted.contains(output.name())) {
                throw new IllegalArgumentException(name + " cannot be run: JZoo's tensors do not support its output '"
                        + output.name() + "'. Request other outputs by name.");
            }
        }
    }

    private JZooException failed(OrtException e, Map<String, Tensor> given) {
        boolean gpu = CudaFailure.causes(e);
        return new JZooException(
                gpu ? JZooException.Code.DEVICE : JZooException.Code.BAD_INPUT,
                name + " failed on " + device + " while running: " + OrtMessage.of(e) + inputCheck.disagreements(given),
                gpu
                        ? "Use smaller batches or the device cpu."
                        : "Check the values of the inputs against the model's description.",
                e);
    }

    /** Returns the name for messages: the path as it was given, or the name. */
    public String name() {
        return name;
    }

    /** Returns the inputs, in the order of the graph. */
    public List<Port> inputs() {
        return inputs;
    }

    /** Returns the outputs, in the order of the graph. */
    public List<Port> outputs() {
        return outputs;
    }

    /** Returns the file's {@code metadata_props}, sorted by key. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Returns the card in the metadata; empty for other programs' files. Fails with DataFormatException if malformed. */
    public Optional<ModelCard> card() throws DataFormatException {
        Optional<ModelCard> read = card.get();
        if (read == null) {
            read = CardMetadata.read(name, metadata);
            card.set(read);
        }
        return read;
    }

    /** Returns the name of the program that wrote the file; empty if unknown. */
    public String producer() {
        return header.map(ModelHeader::producer).orElseGet(about::getProducerName);
    }

    /** Returns the name of the graph; empty if it has none. */
    public String graphName() {
        return header.map(ModelHeader::graph).orElseGet(about::getGraphName);
    }

    /** Returns the device: a {@link Device.Cpu} or {@link Device.Cuda}, even if it was opened with {@link Device.Auto}. */
    public Device device() {
        return device;
    }

    /** Returns ONNX Runtime's name of {@link #device()}: "CPUExecutionProvider" or "CUDAExecutionProvider". */
    public String provider() {
        return device instanceof Device.Cuda ? "CUDAExecutionProvider" : "CPUExecutionProvider";
    }

    /** Waits for running calls, then frees the native memory. A second call does nothing. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idle.forEach(ReusableRun::close);
                idle.clear();
                session.close();
            }
        } catch (OrtException e) {
            throw new JZooException(JZooException.Code.FAILED, name + " cannot be closed: " + OrtMessage.of(e), "", e);
        } finally {
            life.writeLock().unlock();
        }
    }

    /** Returns name, inputs and outputs. */
    @Override
    public String toString() {
        return name + " " + inputs + " -> " + outputs;
    }
}
