package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedBlockTest {

    @TempDir
    Path folder;

    /** A network y = W x + b with two outputs. */
    public static final class Net extends SequentialBlock {
        public Net() {
            add(Linear.builder().setUnits(2).build());
        }
    }

    /** A network without a usable constructor. */
    public static final class Sized extends SequentialBlock {
        public Sized(int units) {
            add(Linear.builder().setUnits(units).build());
        }
    }

    private static Block net(NDManager manager) {
        Block net = new Net();
        net.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
        for (var parameter : net.getParameters().values()) {
            NDArray array = parameter.getArray();
            array.set(array.getShape().dimension() == 2 ? new float[] {1, 2, 3, 4, 5, 6} : new float[] {10, 20});
        }
        return net;
    }

    private SavedBlock saved(String file) {
        return new SavedBlock(Net.class.getName(), List.of(), folder.resolve(file));
    }

    private static void assertComputes(SavedBlock saved) throws IOException {
        try (SavedBlock.LoadedBlock loaded = saved.load(List.of(Dimension.batchOf(3)));
                NDManager manager = NDManager.newBaseManager()) {
            NDList y = loaded.block()
                    .forward(
                            new ParameterStore(manager, false),
                            new NDList(manager.create(new float[] {1, 10, 100}, new Shape(1, 3))),
                            false);
            assertArrayEquals(
                    new float[] {1 + 20 + 300 + 10, 4 + 50 + 600 + 20},
                    y.singletonOrThrow().toFloatArray());
        }
    }

    @Test
    void parametersOfTheBlockAreRead() throws Exception {
        try (NDManager manager = NDManager.newBaseManager();
                DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve("raw.params")))) {
            net(manager).saveParameters(out);
        }
        assertComputes(saved("raw.params"));
    }

    @Test
    void parametersOfAModelAreRead() throws Exception {
        try (NDManager manager = NDManager.newBaseManager();
                Model model = Model.newInstance("net")) {
            model.setBlock(net(manager));
            model.save(folder, "net");
        }
        assertComputes(saved("net-0000.params"));
        Files.copy(folder.resolve("net-0000.params"), folder.resolve("renamed"));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> saved("renamed").load(List.of(Dimension.batchOf(3))));
        assertTrue(e.getMessage().contains("NAME-0000.params"), e.getMessage());
    }

    @Test
    void otherBytesAreRefusedNamingTheFile() throws IOException {
        Files.writeString(folder.resolve("letter.params"), "Dear Sir or Madam");
        DataFormatException e = assertThrows(
                DataFormatException.class, () -> saved("letter.params").load(List.of(Dimension.batchOf(3))));
        assertTrue(
                e.getMessage()
                        .startsWith(folder.resolve("letter.params") + ": not the parameters of " + Net.class.getName()),
                e.getMessage());
    }

    /** A PyTorch model is a zip, and its first byte "P" is not a version of DJL's format. */
    @Test
    void aFileOfAnotherKindIsNamedByItsKind() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("net.pt")))) {
            zip.putNextEntry(new ZipEntry("net/data.pkl"));
            zip.closeEntry();
        }
        Files.write(folder.resolve("old.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});
        Files.write(folder.resolve("empty.params"), new byte[0]);
        Map<String, String> kinds = Map.of(
                "net.pt", "a PyTorch model",
                "old.pt", "a Python pickle, the format of PyTorch models until 1.5",
                "empty.params", "an empty file");
        kinds.forEach((name, kind) -> {
            DataFormatException e =
                    assertThrows(DataFormatException.class, () -> saved(name).load(List.of(Dimension.batchOf(3))));
            assertEquals(
                    folder.resolve(name) + ": not the parameters of " + Net.class.getName()
                            + ": expected a file of DJL's Model.save or Block.saveParameters, found " + kind,
                    e.getMessage());
        });
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        Path parameters = Files.write(folder.resolve("raw.params"), new byte[] {1});
        List<Path> none = List.of();
        assertNotFound(new SavedBlock(Net.class.getName(), none, folder.resolve("gone.params")), "gone.params");
        assertNotFound(new SavedBlock("com.acme.Nut", none, parameters), "com.acme.Nut");
        assertNotFound(new SavedBlock("com.acme.Nut", List.of(folder.resolve("nut.jar")), parameters), "nut.jar");
    }

    private static void assertNotFound(SavedBlock saved, String named) {
        JZooException e = assertThrows(JZooException.class, () -> saved.load(List.of(Dimension.batchOf(3))));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertTrue(e.getMessage().contains(named), e.getMessage());
    }

    @Test
    void aClassThatIsNoBlockOrNeedsArgumentsIsRefused() throws IOException {
        Path parameters = Files.write(folder.resolve("raw.params"), new byte[] {1});
        for (Class<?> type : List.of(String.class, Sized.class)) {
            SavedBlock saved = new SavedBlock(type.getName(), List.of(), parameters);
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> saved.load(List.of(Dimension.batchOf(3))));
            assertTrue(e.getMessage().startsWith(type.getName()), e.getMessage());
        }
    }
}
