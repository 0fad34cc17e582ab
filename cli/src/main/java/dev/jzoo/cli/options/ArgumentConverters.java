package dev.jzoo.cli.options;

import dev.jzoo.cli.console.Host;
import dev.jzoo.export.InputDeclaration;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.inference.Device;
import dev.jzoo.training.Engine;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/**
 * Converters for the types of options and arguments that picocli does not know. They throw IllegalArgumentException for
 * invalid text.
 *
 * <p>They are classes, not lambdas: picocli's interfaces have an old class file format, and a single lambda for one of them
 * makes Java leave all converters out of the class archive that makes the command start fast.
 */
public final class ArgumentConverters {

    private ArgumentConverters() {}

    /** Registers the converters with a command and its subcommands. */
    public static void register(CommandLine commands, Host host) {
        commands.registerConverter(Path.class, new ToPath(host))
                .registerConverter(Device.class, new ToDevice())
                .registerConverter(Engine.class, new ToEngine())
                .registerConverter(Normalization.class, new ToNormalization())
                .registerConverter(InputDeclaration.class, new ToInputDeclaration());
    }

    private record ToPath(Host host) implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            return host.path(text);
        }
    }

    private record ToDevice() implements ITypeConverter<Device> {
        @Override
        public Device convert(String text) {
            return Device.parse(text);
        }
    }

    private record ToEngine() implements ITypeConverter<Engine> {
        @Override
        public Engine convert(String text) {
            return Engine.of(text);
        }
    }

    private record ToNormalization() implements ITypeConverter<Normalization> {
        @Override
        public Normalization convert(String text) {
            return Normalization.of(text);
        }
    }

    private record ToInputDeclaration() implements ITypeConverter<InputDeclaration> {
        @Override
        public InputDeclaration convert(String text) {
            return InputSyntax.parse(text);
        }
    }
}
