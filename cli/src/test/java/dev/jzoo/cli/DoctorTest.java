package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.inference.CudaLibraries;
import dev.jzoo.inference.CudaLibraries.Library;
import dev.jzoo.inference.CudaLibraries.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void librariesThatAreNotFoundAreNamedWithWhatToDo() {
        CudaLibraries look = new CudaLibraries(
                "a test",
                List.of(
                        new Library("libcudart.so.12", State.FOUND, Optional.of(Path.of("/usr/lib"))),
                        new Library("libcublas.so.12", State.NOT_ON_THE_PATH, Optional.of(Path.of("/usr/local/cuda"))),
                        new Library("libcudnn.so.9", State.MISSING, Optional.empty())));
        assertEquals(
                Finding.absent(
                        "cuda libraries",
                        "2 of 3 are not found (a test); in " + Path.of("/usr/local/cuda")
                                + ", where the linker does not look: libcublas.so.12; missing: libcudnn.so.9",
                        "Install cuDNN 9. Put " + Path.of("/usr/local/cuda")
                                + " on LD_LIBRARY_PATH. Models run on the processor without them."),
                Examination.cudaLibraries(look));
    }

    @Test
    void whereAllAreFoundTheyAreCounted() {
        CudaLibraries look = new CudaLibraries(
                "a test", List.of(new Library("libcudart.so.12", State.FOUND, Optional.of(Path.of("/usr/lib")))));
        assertEquals(Finding.ok("cuda libraries", "1 of 1 are found (a test)"), Examination.cudaLibraries(look));
    }

    @Test
    void twoRuntimesAreAFaultAndOneIsNothingToTell() {
        assertEquals(List.of(), Examination.runtimes(List.of("onnxruntime.jar")));
        List<Finding> two = Examination.runtimes(List.of("onnxruntime.jar", "onnxruntime_gpu.jar"));
        assertEquals(Finding.State.BROKEN, two.get(0).state());
        assertEquals(
                "there are 2 on the class path, of which the first counts: onnxruntime.jar, onnxruntime_gpu.jar",
                two.get(0).detail());
    }
}
