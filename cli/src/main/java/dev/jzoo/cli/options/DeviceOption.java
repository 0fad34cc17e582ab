package dev.jzoo.cli.options;

import dev.jzoo.inference.Device;
import picocli.CommandLine.Option;

/** The option of commands that compute: where they do so. */
public final class DeviceOption {

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda, cuda:1, or auto: CUDA if there is one (default: ${DEFAULT-VALUE}).")
    private Device device = Device.cpu();

    public Device device() {
        return device;
    }
}
