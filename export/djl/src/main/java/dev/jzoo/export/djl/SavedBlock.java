package dev.jzoo.export.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DJL network of the user: a class on the user's class path, and a file with its trained parameters.
 *
 * <pre>{@code
 * SavedBlock saved = new SavedBlock("com.acme.Net", List.of(Path.of("net.jar")), Path.of("net-0000.params"));
 * try (SavedBlock.LoadedBlock net = saved.load(List.of(Dimension.batchOf(4)))) {
 *     OnnxExporter.of(net.block()).input("x", DataType.FLOAT, Dimension.batchOf(4)).write(Path.of("net.onnx"));
 * }
 * }</pre>
 *
 * @param className name of a {@link Block} class that has a constructor without arguments: "com.acme.Net"
 * @param classpath jars and folders that contain the class
 * @param parameters file written by {@code Model.save} (NAME-0000.params) or by {@code Block.saveParameters}
 */
public record SavedBlock(String className, List<Path> classpath, Path parameters) {

    /** The bytes that {@code Model.save} writes before the parameters. */
    private static final byte[] MODEL_MAGIC = "DJL@".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern MODEL_FILE = Pattern.compile("(.+)-\\d{4}\\.params");

    public SavedBlock {
        classpath = List.copyOf(classpath);
    }

    /**
     * A network in memory. Holds native memory until it is closed.
     *
     * @param block the network, with its parameters
     * @param release frees the parameters
     */
    public record LoadedBlock(Block block, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * Loads the network.
     *
     * @param inputs shapes of its inputs, which initialise it; an axis with a name counts as 1
     * @throws JZooException NOT_FOUND if the class or a named file does not exist
     * @throws DataFormatException if the file does not contain parameters of this class
     * @throws IllegalArgumentException if the class is not a block, or has no constructor without arguments
     */
    public LoadedBlock load(Collection<List<Dimension>> inputs) throws IOException {
        if (!Files.isRegularFile(parameters)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND,
                    "The parameters file " + parameters + " does not exist.",
                    "Check the path for typos.");
        }
        Block block = instance();
        return savedByModel() ? loadModel(block) : loadParameters(block, inputs);
    }

    private LoadedBlock loadParameters(Block block, Collection<List<Dimension>> inputs) throws IOException {
        NDManager manager = NDManager.newBaseManager();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(parameters)))) {
            Shape[] shapes = inputs.stream().map(SavedBlock::shape).toArray(Shape[]::new);
            block.initialize(manager, DataType.FLOAT32, shapes);
            block.loadParameters(manager, in);
            return new LoadedBlock(block, manager::close);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            manager.close();
            throw unreadable(e);
        }
    }

    private static Shape shape(List<Dimension> axes) {
        return new Shape(axes.stream()
                .mapToLong(axis -> axis instanceof Dimension.FixedDimension fixed ? fixed.size() : 1)
                .toArray());
    }

    private LoadedBlock loadModel(Block block) throws IOException {
        Matcher name = MODEL_FILE.matcher(parameters.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("Cannot load " + parameters
                    + ": it was written by Model.save, whose files are named NAME-0000.params. Rename it to"
                    + " such a name.");
        }
        Model model = Model.newInstance(name.group(1));
        try {
            model.setBlock(block);
            model.load(parameters.toAbsolutePath().getParent(), name.group(1), Map.of());
            return new LoadedBlock(block, model::close);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            model.close();
            throw unreadable(e);
        }
    }

    private DataFormatException unreadable(Exception cause) throws IOException {
        byte[] head = FileKind.head(parameters);
        boolean isForeign = !savedByModel() && FileKind.recognise(head).isPresent();
        return new DataFormatException(
                parameters,
                "not the parameters of " + className + ": "
                        + (isForeign
                                ? "expected a file of DJL's Model.save or Block.saveParameters, found "
                                        + FileKind.describe(head)
                                : cause.getMessage()));
    }

    private boolean savedByModel() throws IOException {
        try (InputStream in = Files.newInputStream(parameters)) {
            return Arrays.equals(in.readNBytes(MODEL_MAGIC.length), MODEL_MAGIC);
        }
    }

    private Block instance() {
        List<URL> urls = new ArrayList<>();
        for (Path entry : classpath) {
            if (!Files.exists(entry)) {
                throw new JZooException(
                        JZooException.Code.NOT_FOUND,
                        "The class path entry " + entry + " does not exist.",
                        "Name existing jars and folders of classes.");
            }
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(
                        "Cannot use " + entry + " as a class path entry: " + e.getMessage(), e);
            }
        }
        // Stays open, because the block's lambdas may load further classes while it runs.
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), SavedBlock.class.getClassLoader());
        try {
            Object instance =
                    loader.loadClass(className).getDeclaredConstructor().newInstance();
            if (instance instanceof Block block) {
                return block;
            }
            throw new IllegalArgumentException(
                    className + " cannot be exported, because it is not an ai.djl.nn.Block. Name the block's class.");
        } catch (ClassNotFoundException e) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND,
                    "The class " + className + " is not on the class path.",
                    "Add the jar or the folder that contains it to the class path.");
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    className + " cannot be created with a constructor without arguments: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }
}
