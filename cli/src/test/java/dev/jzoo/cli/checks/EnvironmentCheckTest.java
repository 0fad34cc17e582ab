package dev.jzoo.cli.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.inference.natives.CudaLibraries;
import dev.jzoo.inference.natives.CudaLibraries.Library;
import dev.jzoo.inference.natives.CudaLibraries.LibraryState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentCheckTest {

    @Test
    void librariesThatAreNotFoundAreNamedWithWhatToDo() {
        CudaLibraries look = new CudaLibraries(
                "a test",
                List.of(
                        new Library("libcudart.so.12", LibraryState.FOUND, Optional.of(Path.of("/usr/lib"))),
                        new Library(
                                "libcublas.so.12",
                                LibraryState.NOT_ON_THE_PATH,
                                Optional.of(Path.of("/usr/local/cuda"))),
                        new Library("libcudnn.so.9", LibraryState.MISSING, Optional.empty())));
        assertEquals(
                CheckFinding.absent(
                        "cuda libraries",
                        "2 of 3 not found (a test); in " + Path.of("/usr/local/cuda")
                                + ", which the linker does not search: libcublas.so.12; missing: libcudnn.so.9",
                        "Install cuDNN 9. Add " + Path.of("/usr/local/cuda")
                                + " to LD_LIBRARY_PATH. Without them, models run on the CPU."),
                EnvironmentCheck.cudaLibraries(look));
    }

    @Test
    void whereAllAreFoundTheyAreCounted() {
        CudaLibraries look = new CudaLibraries(
                "a test",
                List.of(new Library("libcudart.so.12", LibraryState.FOUND, Optional.of(Path.of("/usr/lib")))));
        assertEquals(CheckFinding.ok("cuda libraries", "1 of 1 found (a test)"), EnvironmentCheck.cudaLibraries(look));
    }

    @Test
    void twoRuntimesAreAFaultAndOneIsNothingToTell() {
        assertEquals(List.of(), EnvironmentCheck.runtimes(List.of("onnxruntime.jar")));
        List<CheckFinding> two = EnvironmentCheck.runtimes(List.of("onnxruntime.jar", "onnxruntime_gpu.jar"));
        assertEquals(CheckFinding.FindingState.BROKEN, two.get(0).state());
        assertEquals(
                "2 jars on the class path contain ONNX Runtime, and Java uses the first: onnxruntime.jar,"
                        + " onnxruntime_gpu.jar",
                two.get(0).detail());
    }
}
