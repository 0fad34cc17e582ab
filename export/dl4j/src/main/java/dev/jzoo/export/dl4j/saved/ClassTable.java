package dev.jzoo.export.dl4j.saved;

import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.databind.DatabindContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.introspect.Annotated;
import org.nd4j.shade.jackson.databind.introspect.JacksonAnnotationIntrospector;
import org.nd4j.shade.jackson.databind.jsontype.TypeResolverBuilder;
import org.nd4j.shade.jackson.databind.jsontype.impl.TypeIdResolverBase;

/**
 * A Jackson introspector that looks class names up in {@link ConfigurationClasses} if one of DL4J's types has a class
 * name in JSON, and reads arrays with {@link JsonArrays}, whatever DL4J's annotations demand. Without a name no class
 * is used: DL4J's readers of older forms load classes again.
 */
final class ClassTable extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    private final transient ConfigurationClasses classes;

    ClassTable(ConfigurationClasses classes) {
        this.classes = classes;
    }

    @Override
    protected TypeResolverBuilder<?> _findTypeResolver(MapperConfig<?> config, Annotated member, JavaType base) {
        TypeResolverBuilder<?> found = super._findTypeResolver(config, member, base);
        JsonTypeInfo info = _findAnnotation(member, JsonTypeInfo.class);
        if (found == null || info == null || info.use() == JsonTypeInfo.Id.NAME) {
            // The names are a fixed list of subtypes.
            return found;
        }
        TypeResolverBuilder<?> checked = found.init(info.use(), new AllowedName(base, classes));
        return checked.inclusion(info.include()).typeProperty(info.property()).defaultImpl(null);
    }

    @Override
    public Object findDeserializer(Annotated member) {
        return INDArray.class.isAssignableFrom(member.getRawType()) ? null : super.findDeserializer(member);
    }

    /** The names of one base type's implementations. */
    private static final class AllowedName extends TypeIdResolverBase {

        private final ConfigurationClasses classes;

        AllowedName(JavaType base, ConfigurationClasses classes) {
            super(base, null);
            this.classes = classes;
        }

        @Override
        public JavaType typeFromId(DatabindContext context, String name) throws IOException {
            Class<?> type = classes.named(name)
                    .orElseThrow(() -> new NetworkFormatException("found the class '" + name
                            + "', which is not a class of DL4J's configurations. If it is your class, put it on the"
                            + " class path with a dev.jzoo.export.dl4j.saved.SavedClasses, or with a LayerEmitter for"
                            + " a layer, named in META-INF/services"));
            if (!_baseType.getRawClass().isAssignableFrom(type)) {
                throw new NetworkFormatException("found the class '" + name + "', expected a "
                        + _baseType.getRawClass().getSimpleName());
            }
            return context.constructSpecializedType(_baseType, type);
        }

        @Override
        public String idFromValue(Object value) {
            return value.getClass().getName();
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> type) {
            return type.getName();
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }
}
