package dev.jzoo.training.dl4j;

import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.deser.DeserializationProblemHandler;
import org.nd4j.shade.jackson.databind.jsontype.TypeIdResolver;

/**
 * Lets DL4J read networks that name {@link Dl4jSchedule} by a package in which it once was: a network's file holds the class of its
 * learning rate. JZoo 0.1.0 wrote {@code dev.jzoo.training.fit}. Also found through {@link java.util.ServiceLoader}, for whoever reads
 * such a file without this package.
 */
public final class Dl4jFormerNames extends DeserializationProblemHandler {

    private static final Pattern NAME = Pattern.compile("dev\\.jzoo\\.(\\w+\\.)*Dl4jSchedule");

    /** Makes them known to DL4J. */
    static void register() {
        NeuralNetConfiguration.mapper().addHandler(new Dl4jFormerNames());
    }

    @Override
    public JavaType handleUnknownTypeId(
            DeserializationContext reading, JavaType base, String id, TypeIdResolver resolver, String failure) {
        return base.hasRawClass(ISchedule.class) && NAME.matcher(id).matches()
                ? reading.constructType(Dl4jSchedule.class)
                : null;
    }
}
