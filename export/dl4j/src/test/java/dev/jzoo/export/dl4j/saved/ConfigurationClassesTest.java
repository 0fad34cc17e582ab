package dev.jzoo.export.dl4j.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.stepfunctions.StepFunction;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.embeddings.EmbeddingInitializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.ISchedule;

class ConfigurationClassesTest {

    /** The types whose implementations JSON names. */
    private static final List<Class<?>> BASES = List.of(
            Layer.class,
            GraphVertex.class,
            InputPreProcessor.class,
            InputType.class,
            IActivation.class,
            ILossFunction.class,
            IUpdater.class,
            ISchedule.class,
            Regularization.class,
            IDropout.class,
            LayerConstraint.class,
            IWeightInit.class,
            Distribution.class,
            IWeightNoise.class,
            StepFunction.class,
            ReconstructionDistribution.class,
            EmbeddingInitializer.class);

    private static final Set<String> REFUSED = Set.of(
            // Runs a TensorFlow graph from the file, in native code.
            "org.deeplearning4j.nn.modelimport.keras.layers.TFOpLayer",
            // Reads files from before 1.0.0-beta with a reader that loads classes by their names.
            "org.deeplearning4j.nn.conf.distribution.serde.LegacyDistributionHelper");

    @TempDir
    Path folder;

    /** A user's activation function. */
    public static final class OurActivation extends ActivationTanH {
        private static final long serialVersionUID = 1;
    }

    /** Allowed classes, found in META-INF/services. */
    public static final class OurClasses implements SavedClasses {
        @Override
        public Optional<Class<?>> named(String name) {
            return name.endsWith("OurActivation") ? Optional.of(OurActivation.class) : Optional.empty();
        }
    }

    private static Stream<Class<?>> ofDl4j() throws Exception {
        Set<Class<?>> found = new HashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String jar = Path.of(entry).getFileName().toString();
            if (jar.startsWith("deeplearning4j-") && jar.endsWith(".jar") || jar.startsWith("nd4j-api-")) {
                try (JarFile file = new JarFile(entry)) {
                    for (JarEntry content : Collections.list(file.entries())) {
                        if (content.getName().endsWith(".class")) {
                            implementation(content.getName()).ifPresent(found::add);
                        }
                    }
                }
            }
        }
        return found.stream();
    }

    private static Optional<Class<?>> implementation(String entry) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class<?> type = Class.forName(name, false, ConfigurationClassesTest.class.getClassLoader());
            boolean isConcrete =
                    !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isAnonymousClass();
            return isConcrete && BASES.stream().anyMatch(base -> base.isAssignableFrom(type))
                    ? Optional.of(type)
                    : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty(); // needs a library that is not there, so no file can name it
        }
    }

    @Test
    void everyClassOfDl4jIsAllowedOrRefusedForAReason() throws Exception {
        ConfigurationClasses classes = ConfigurationClasses.load();
        Set<String> all = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        ofDl4j().forEach(type -> {
            all.add(type.getName());
            if (classes.named(type.getName()).isEmpty()) {
                refused.add(type.getName());
            }
        });
        assertEquals(new TreeSet<>(REFUSED), refused);
        assertTrue(all.size() > 200, all.size() + " classes");
    }

    /** Jackson loads a Class by its name, opens a File, and asks the network for an InetAddress. */
    @Test
    void noSettingOfAnAllowedClassIsOfATypeThatDoesSomethingWhenItIsRead() throws Exception {
        ConfigurationClasses classes = ConfigurationClasses.load();
        Set<String> wrong = new TreeSet<>();
        Stream.concat(
                        ofDl4j().filter(type -> classes.named(type.getName()).isPresent()),
                        Stream.of(
                                MultiLayerConfiguration.class,
                                ComputationGraphConfiguration.class,
                                NeuralNetConfiguration.class))
                .forEach(type -> settings(type).forEach(setting -> {
                    if (!isHarmless(setting)) {
                        wrong.add(type.getName() + ": " + setting.getTypeName());
                    }
                }));
        assertEquals(Set.of(), wrong);
    }

    private static Stream<Type> settings(Class<?> type) {
        Stream<Type> fields = Stream.<Class<?>>iterate(type, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .map(Field::getGenericType);
        Stream<Type> setters = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .map((Method method) -> method.getGenericParameterTypes()[0]);
        return Stream.concat(fields, setters);
    }

    private static boolean isHarmless(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).allMatch(ConfigurationClassesTest::isHarmless);
        } else if (type instanceof Class<?> plain) {
            return plain.isArray() ? isHarmless(plain.getComponentType()) : isHarmlessClass(plain);
        }
        return true; // a variable or an array of one, whose bounds are DL4J's own
    }

    private static boolean isHarmlessClass(Class<?> plain) {
        return plain.isPrimitive()
                || plain.isEnum()
                || Number.class.isAssignableFrom(plain)
                || Set.of(String.class, Boolean.class, Object.class, Character.class, List.class, Map.class)
                        .contains(plain)
                || plain.getName().startsWith("org.deeplearning4j.")
                || plain.getName().startsWith("org.nd4j.linalg.");
    }

    @Test
    void aProgramAllowsItsOwnClasses() throws Exception {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .activation(new OurActivation())
                        .build())
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
        network.init();
        Path file = ZipEdits.of(network)
                .json(text -> text.replace(OurActivation.class.getName(), "com.acme.former.OurActivation"))
                .write(folder.resolve("own.zip"));
        try (NetworkZip zip = NetworkZip.open(file, "own.zip")) {
            MultiLayerNetwork read = (MultiLayerNetwork) zip.network();
            DenseLayer first =
                    (DenseLayer) read.getLayerWiseConfigurations().getConf(0).getLayer();
            assertEquals(OurActivation.class, first.getActivationFn().getClass());
            assertEquals(network.params(), read.params());
        }
    }
}
