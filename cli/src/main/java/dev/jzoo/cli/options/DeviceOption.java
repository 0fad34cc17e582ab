package dev.jzoo.cli.options;

import dev.jzoo.inference.Device;
import picocli.CommandLine.Option;

/** The option for the device that computes. */
public final class DeviceOption {

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "Device: cpu, cuda, cuda:1, or auto for CUDA if available (default: ${DEFAULT-VALUE}).")
    private Device device = Device.cpu();

    public Device device() {
        return device;
    }
}
