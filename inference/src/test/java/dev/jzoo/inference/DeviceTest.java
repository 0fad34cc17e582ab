package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @Test
    void theTextOfADeviceReadsBack() {
        for (Device device : new Device[] {Device.cpu(), Device.cuda(0), Device.cuda(3), Device.auto()}) {
            assertEquals(device, Device.parse(device.toString()));
        }
        assertEquals(Device.cuda(0), Device.parse("cuda"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:99999999999", "CPU "})
    void otherTextIsRefusedNamingWhatThereIs(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Device.parse(text))
                .getMessage();
        assertTrue(message.endsWith("expected cpu, cuda, cuda:1 or auto."), message);
    }

    @Test
    void cudaWithoutTheGpuArtifactFailsNamingIt() {
        assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "this build has CUDA");
        JZooException failure =
                assertThrows(JZooException.class, () -> OnnxModel.open(Fixtures.file("add.onnx"), Device.cuda(1)));
        assertEquals(JZooException.Code.DEVICE, failure.code());
        assertTrue(failure.getMessage().startsWith("cuda:1 cannot be used: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("onnxruntime_gpu is missing"), failure.getMessage());
        assertTrue(failure.hint().contains("com.microsoft.onnxruntime:onnxruntime_gpu"), failure.hint());
    }

    @Test
    void autoFallsBackToTheProcessorAndSaysSo() throws Exception {
        assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "this build has CUDA");
        try (OnnxModel model = OnnxModel.open(Fixtures.file("add.onnx"), Device.auto())) {
            assertInstanceOf(Device.Cpu.class, model.device());
            assertEquals("CPUExecutionProvider", model.provider());
        }
    }

    @Test
    void theMissingLibraryIsReadFromTheLinkersMessage() {
        assertEquals(
                Optional.of("libcublasLt.so.12"),
                CudaFailure.missingLibrary(
                        "/tmp/x/libonnxruntime_providers_cuda.so: libcublasLt.so.12: cannot open shared"
                                + " object file: No such file or directory"));
        assertEquals(
                Optional.of("libcudnn.so.9"),
                CudaFailure.missingLibrary("Failed to load library libonnxruntime_providers_cuda.so with error:"
                        + " libcudnn.so.9: cannot open shared object file: No such file or directory"));
        assertEquals(
                Optional.of("cublasLt64_12.dll"),
                CudaFailure.missingLibrary("Error loading \"onnxruntime_providers_cuda.dll\" which depends on"
                        + " \"cublasLt64_12.dll\" which is missing."));
        assertEquals(Optional.empty(), CudaFailure.missingLibrary("no CUDA-capable device is detected"));
    }

    @Test
    void aProviderThatDoesNotLoadIsExplainedWithTheLibraryAndWhatToInstall() {
        JZooException failure = CudaFailure.notLoaded(
                new Device.Cuda(0),
                new OrtException("Error code - ORT_FAIL - message: libcudnn.so.9: cannot open shared object file"));
        assertEquals(JZooException.Code.DEVICE, failure.code());
        assertEquals(
                "cuda:0 cannot be used: the CUDA provider of ONNX Runtime needs libcudnn.so.9, which is missing.",
                failure.summary());
        assertTrue(failure.hint().startsWith("Install cuDNN in the version"), failure.hint());
    }

    @Test
    void failuresOfTheGpuAreToldFromThoseOfTheModel() {
        assertTrue(CudaFailure.causes(new OrtException("CUDA failure 101: invalid device ordinal ; GPU=-1")));
        assertFalse(CudaFailure.causes(new OrtException("indices element out of data bounds")));
    }

    @Test
    void twoRuntimesOnTheClassPathAreTheReasonThatIsGiven() {
        JZooException failure = CudaFailure.notBuiltIn(new Device.Cuda(0), Set.of(), List.of("/lib/cpu", "/lib/gpu"));
        assertEquals(
                "cuda:0 cannot be used: the class path has 2 ONNX Runtimes, /lib/cpu and /lib/gpu, and the first"
                        + " one has no CUDA provider.",
                failure.summary());
        assertTrue(failure.hint().contains("exclude onnxruntime"), failure.hint());
    }
}
