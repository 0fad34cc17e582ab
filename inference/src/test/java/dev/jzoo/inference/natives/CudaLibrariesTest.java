package dev.jzoo.inference.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.natives.CudaLibraries.LibraryState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {

    /** The names in ONNX Runtime 1.28's provider. */
    private static final List<String> NAMED = List.of(
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcurand.so.10",
            "libcudart.so.12",
            "libcuda.so.1",
            "libstdc++.so.6",
            "libc.so.6");

    @TempDir
    Path root;

    private void install(String folder, String... libraries) throws IOException {
        Path into = Files.createDirectories(root.resolve(folder));
        for (String library : libraries) {
            Files.createFile(into.resolve(library));
        }
    }

    private CudaLibraries look(Map<String, String> environment) {
        return CudaLibraries.of("a test", NAMED, environment, root);
    }

    private static Set<String> in(LibraryState state, CudaLibraries look) {
        return look.libraries().stream()
                .filter(library -> library.state() == state)
                .map(CudaLibraries.Library::name)
                .collect(Collectors.toSet());
    }

    @Test
    void onAnEmptyMachineAllAreMissingAndTheRemedyNamesWhatHasThem() {
        CudaLibraries look = look(Map.of());
        assertEquals(15, look.libraries().size());
        assertEquals(look.libraries(), look.faults());
        assertEquals("libcublasLt.so.12", look.libraries().get(0).name());
        assertTrue(in(LibraryState.MISSING, look)
                .containsAll(Set.of("libcudnn.so.9", "libcufft.so.11", "libnvrtc.so.12", "libcudnn_graph.so.9")));
        assertEquals(List.of("Install the CUDA toolkit 12, the NVIDIA driver, cuDNN 9."), look.remedies());
    }

    @Test
    void librariesAreFoundWhereTheLinkerLooks() throws Exception {
        install("opt/cuda/lib", "libcudart.so.12");
        install("srv/deep/lib", "libcublas.so.12", "libcublasLt.so.12");
        install("usr/lib/x86_64-linux-gnu", "libcuda.so.1", "libcudnn.so.9");
        install("usr/local/cuda-12.9/lib64", "libcufft.so.11", "libcudart.so.12");
        install("etc/ld.so.conf.d");
        Files.writeString(root.resolve("etc/ld.so.conf"), "include /etc/ld.so.conf.d/*.conf\n");
        Files.writeString(root.resolve("etc/ld.so.conf.d/a.conf"), "# deep\n/srv/deep/lib # here\n\n");
        CudaLibraries look = look(Map.of("LD_LIBRARY_PATH", "/nowhere::/opt/cuda/lib"));
        assertEquals(
                Set.of("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcuda.so.1", "libcudnn.so.9"),
                in(LibraryState.FOUND, look));
        assertEquals(Set.of("libcufft.so.11"), in(LibraryState.NOT_ON_THE_PATH, look));
        assertTrue(in(LibraryState.MISSING, look).contains("libcurand.so.10"));
        assertEquals(
                "Add " + root.resolve("usr/local/cuda-12.9/lib64") + " to LD_LIBRARY_PATH.",
                look.remedies().get(1));
    }

    @Test
    void anotherMajorVersionIsNotTheLibrary() throws Exception {
        install("usr/lib", "libcudart.so.13", "libcudart.so.11.0", "libcudart.so");
        assertTrue(in(LibraryState.MISSING, look(Map.of())).contains("libcudart.so.12"));
    }

    @Test
    void whereAllAreThereNothingIsToBeDone() throws Exception {
        install(
                "usr/lib",
                look(Map.of()).libraries().stream()
                        .map(CudaLibraries.Library::name)
                        .toArray(String[]::new));
        assertEquals(List.of(), look(Map.of()).faults());
        assertEquals(List.of(), look(Map.of()).remedies());
    }

    @Test
    void theNeedsOfALibraryAreReadFromItsDynamicSection() throws Exception {
        byte[] library = library("libcudart.so.12", "libc.so.6");
        assertEquals(
                List.of("libcudart.so.12", "libc.so.6"), new ElfFile(() -> new ByteArrayInputStream(library)).needed());
        for (int length : new int[] {0, 40, 100, library.length - 1}) {
            byte[] cut = java.util.Arrays.copyOf(library, length);
            assertThrows(IOException.class, () -> new ElfFile(() -> new ByteArrayInputStream(cut)).needed());
        }
        byte[] text =
                "no library, but long enough to be read as a header of 64 bytes ...".getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> new ElfFile(() -> new ByteArrayInputStream(text)).needed());
    }

    @Test
    void theNeedsOfTheJvmsOwnLibraryAreRead() throws Exception {
        Path library = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
        Assumptions.assumeTrue(Files.isRegularFile(library), "skipped: only Linux has it");
        assertTrue(new ElfFile(() -> Files.newInputStream(library))
                .needed()
                .containsAll(List.of("libjava.so", "libc.so.6")));
    }

    /**
     * Returns a library with a header, a loaded segment whose address is not its offset, and a dynamic section at its
     * beginning.
     */
    private static byte[] library(String... needed) {
        StringBuilder names = new StringBuilder("\0");
        List<Integer> places = new ArrayList<>();
        for (String name : needed) {
            places.add(names.length());
            names.append(name).append('\0');
        }
        int dynamic = 64 + 2 * 56;
        int dynamicSize = 16 * (needed.length + 3);
        int table = dynamic + dynamicSize;
        int shift = 0x1000;
        ByteBuffer file = ByteBuffer.allocate(table + names.length()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1});
        file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 2);
        segment(file, 64, 1, dynamic, dynamic + shift, file.capacity() - dynamic);
        segment(file, 120, 2, dynamic, dynamic + shift, dynamicSize);
        file.position(dynamic);
        places.forEach(place -> file.putLong(1).putLong(place));
        file.putLong(5).putLong(table + shift).putLong(10).putLong(names.length());
        file.position(table);
        file.put(names.toString().getBytes(StandardCharsets.UTF_8));
        return file.array();
    }

    private static void segment(ByteBuffer file, int at, int type, long offset, long address, long size) {
        file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, size);
    }

    @Test
    void allRuntimesOnTheClassPathAreFound() throws Exception {
        List<URL> folders = new ArrayList<>();
        for (String jar : List.of("cpu", "gpu")) {
            Path here = Files.createDirectories(root.resolve(jar).resolve("ai/onnxruntime"));
            Files.createFile(here.resolve("OrtEnvironment.class"));
            folders.add(root.resolve(jar).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(folders.toArray(URL[]::new), null)) {
            List<String> runtimes = RuntimeJars.of(loader);
            assertEquals(
                    List.of(root.resolve("cpu").toString(), root.resolve("gpu").toString()), runtimes);
        }
        assertEquals(1, RuntimeJars.onClassPath().size());
        assertTrue(RuntimeJars.onClassPath().get(0).endsWith("onnxruntime-1.28.0.jar"));
    }
}
