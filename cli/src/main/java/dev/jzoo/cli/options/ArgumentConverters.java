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
 * The types that options and parameters may have beyond picocli's own. What does not fit is an IllegalArgumentException.
 *
 * <p>Classes, not lambdas: picocli's interfaces are of an old class file format, and with a lambda in place of one Java leaves
 * all converters out of the archive of classes that makes the command start fast.
 */
public final class ArgumentConverters {

    private ArgumentConverters() {}

    /** Makes them known to a command and all its subcommands. */
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
