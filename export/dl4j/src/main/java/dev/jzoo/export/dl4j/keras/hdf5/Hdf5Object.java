package dev.jzoo.export.dl4j.keras.hdf5;

import dev.jzoo.export.dl4j.keras.hdf5.HeaderMessages.HeaderMessage;
import dev.jzoo.onnx.Half;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A group or a dataset of an HDF5 file, with its attributes. */
public final class Hdf5Object {

    private static final long UNDEFINED = -1;
    private static final int MOST_CHILDREN = 1_000_000;
    private static final int MOST_LEVELS = 64;

    private final Hdf5File file;
    private final String path;
    private final List<HeaderMessage> messages;
    private Map<String, Long> children;

    Hdf5Object(Hdf5File file, long address, String path) throws IOException {
        this.file = file;
        this.path = path;
        this.messages = wellFormed("its object header", () -> HeaderMessages.read(file, address));
    }

    private interface BoundedRead<T> {
        T read() throws IOException;
    }

    /**
     * Reads a part of the file. Reports a read outside a message or block, which only a damaged file causes, as a fault of
     * the file.
     */
    private <T> T wellFormed(String part, BoundedRead<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IndexOutOfBoundsException
                | BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw file.fault(
                    path, part + " is malformed. The file may be damaged: copy it again, or save the model again");
        }
    }

    /** Returns the path in the file: "/model_weights/dense". */
    public String path() {
        return path;
    }

    /**
     * Returns the texts of an attribute, in order; empty if the object has no such attribute or it contains no text.
     */
    public List<String> texts(String attribute) throws IOException {
        return wellFormed("attribute " + attribute, () -> storedTexts(attribute));
    }

    private List<String> storedTexts(String attribute) throws IOException {
        for (HeaderMessage message : messages) {
            if (message.type() == HeaderMessages.ATTRIBUTE) {
                Optional<List<String>> texts =
                        texts(message.body().duplicate().order(ByteOrder.LITTLE_ENDIAN), attribute);
                if (texts.isPresent()) {
                    return texts.get();
                }
            } else if (message.type() == HeaderMessages.ATTRIBUTE_INFO
                    && message.body().getLong(message.body().get(1) % 2 == 0 ? 2 : 4) != UNDEFINED) {
                throw file.fault(
                        path,
                        "attributes in dense storage are not supported; write the file without h5py's option libver");
            }
        }
        return List.of();
    }

    private Optional<List<String>> texts(ByteBuffer body, String wanted) throws IOException {
        int version = body.get();
        if (version < 1 || version > 3) {
            throw file.fault(path, "expected an attribute of version 1 to 3, found " + version);
        }
        body.get();
        int nameSize = Short.toUnsignedInt(body.getShort());
        int typeSize = Short.toUnsignedInt(body.getShort());
        int spaceSize = Short.toUnsignedInt(body.getShort());
        body.position(body.position() + (version == 3 ? 1 : 0));
        int padding = version == 1 ? 8 : 1;
        byte[] name = new byte[nameSize];
        body.get(body.position(), name);
        if (!new String(name, StandardCharsets.UTF_8).replaceFirst("\0.*", "").equals(wanted)) {
            return Optional.empty();
        }
        int type = body.position() + padded(nameSize, padding);
        int space = type + padded(typeSize, padding);
        Hdf5Values values = Hdf5Values.of(file, part(body, type, typeSize), part(body, space, spaceSize));
        return Optional.of(values.texts(file, body.position(space + padded(spaceSize, padding))));
    }

    private static int padded(int size, int padding) {
        return (size + padding - 1) / padding * padding;
    }

    private static ByteBuffer part(ByteBuffer body, int at, int size) {
        return body.slice(at, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the only text of an attribute. */
    public Optional<String> text(String attribute) throws IOException {
        return texts(attribute).stream().findFirst();
    }

    /** Returns the object below a group, by a path of names: "dense/kernel:0". */
    public Optional<Hdf5Object> find(String relative) throws IOException {
        Hdf5Object object = this;
        for (String name : relative.split("/")) {
            Long address = object.listed().get(name);
            if (address == null) {
                return Optional.empty();
            }
            object = new Hdf5Object(file, address, object.path.equals("/") ? "/" + name : object.path + "/" + name);
        }
        return Optional.of(object);
    }

    private Map<String, Long> listed() throws IOException {
        if (children == null) {
            children = wellFormed("its list of members", this::children);
        }
        return children;
    }

    private Map<String, Long> children() throws IOException {
        Map<String, Long> children = new HashMap<>();
        for (HeaderMessage message : messages) {
            ByteBuffer body = message.body().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            if (message.type() == HeaderMessages.SYMBOL_TABLE) {
                long heap = body.getLong(8);
                ByteBuffer head = file.read(heap, 32, "HEAP");
                ByteBuffer names = file.read(head.getLong(24), head.getLong(8));
                tree(body.getLong(0), names, children, new HashSet<>(), 0);
            } else if (message.type() == HeaderMessages.LINK) {
                link(body, children);
            } else if (message.type() == HeaderMessages.LINK_INFO
                    && body.getLong((body.get(1) & 1) == 0 ? 2 : 10) != UNDEFINED) {
                throw file.fault(
                        path, "groups in dense storage are not supported; write the file without h5py's option libver");
            }
        }
        return children;
    }

    private void tree(long address, ByteBuffer names, Map<String, Long> children, Set<Long> seen, int depth)
            throws IOException {
        if (!seen.add(address) || children.size() > MOST_CHILDREN || depth > MOST_LEVELS) {
            throw file.corrupt(
                    address, "expected a group, found one that contains itself, or is too large or too deep");
        }
        ByteBuffer head = file.read(address, 8);
        if (head.getInt(0) == 0x444f4e53) { // "SNOD"
            int count = Short.toUnsignedInt(head.getShort(6));
            ByteBuffer entries = file.read(address + 8, 40L * count);
            for (int i = 0; i < count; i++) {
                String name = file.text(names, entries.getLong(40 * i), address);
                if (entries.getInt(40 * i + 16) == 2) {
                    throw file.fault(
                            path + "/" + name,
                            "symbolic links are not supported; save the model again with model.save");
                }
                children.put(name, entries.getLong(40 * i + 8));
            }
            return;
        }
        ByteBuffer node = file.read(address, 24, "TREE");
        int count = Short.toUnsignedInt(node.getShort(6));
        ByteBuffer entries = file.read(address + 24, 16L * count + 8);
        for (int i = 0; i < count; i++) {
            tree(entries.getLong(16 * i + 8), names, children, seen, depth + 1);
        }
    }

    private void link(ByteBuffer body, Map<String, Long> children) throws IOException {
        int flags = body.get(1);
        body.position(2);
        int type = (flags & 8) == 0 ? 0 : body.get();
        body.position(body.position() + ((flags & 4) == 0 ? 0 : 8) + ((flags & 16) == 0 ? 0 : 1));
        byte[] name = new byte
                [Math.toIntExact(
                        Math.min(body.limit(), HeaderMessages.unsigned(body, 1 << (flags & 3)) & Integer.MAX_VALUE))];
        body.get(name);
        if (type != 0) {
            throw file.fault(
                    path, "links other than hard links are not supported; save the model again with model.save");
        }
        children.put(new String(name, StandardCharsets.UTF_8), body.getLong());
    }

    /** Returns the size of each axis of a dataset. */
    public long[] dims() throws IOException {
        return wellFormed("its shape", () -> values().dims().clone());
    }

    /** Returns the values of a dataset of half or single precision, in row-major order. */
    public float[] floats() throws IOException {
        return wellFormed("its dataset", this::storedFloats);
    }

    private float[] storedFloats() throws IOException {
        Hdf5Values values = values();
        if (values.kind() != Hdf5Values.Kind.FLOAT || values.width() > Float.BYTES) {
            throw file.fault(
                    path,
                    "expected weights of half or single precision, found another type; convert the model to"
                            + " float32");
        }
        float[] floats = new float[0];
        if (values.count(file) > 0) {
            ByteBuffer stored = stored(values.bytes(file));
            floats = new float[values.count(file)];
            if (values.width() == Float.BYTES) {
                stored.asFloatBuffer().get(floats);
            } else {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = Half.toFloat(stored.getShort(2 * i));
                }
            }
        }
        return floats;
    }

    private Hdf5Values values() throws IOException {
        return Hdf5Values.of(
                file, only(HeaderMessages.DATATYPE, "a datatype"), only(HeaderMessages.DATASPACE, "a shape"));
    }

    private ByteBuffer only(int type, String what) throws IOException {
        return messages.stream()
                .filter(message -> message.type() == type)
                .findFirst()
                .orElseThrow(() -> file.fault(path, "expected a dataset, found an object without " + what))
                .body()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer stored(long length) throws IOException {
        List<Integer> types = new ArrayList<>();
        messages.forEach(message -> types.add(message.type()));
        ByteBuffer layout = only(HeaderMessages.LAYOUT, "a layout");
        int version = layout.get(0);
        int kind = layout.get(1);
        if (types.contains(HeaderMessages.FILTERS) || version < 3 || version > 4 || kind > 1) {
            throw file.fault(
                    path,
                    "a chunked or compressed dataset, or one of an old layout, is not supported; save the"
                            + " model again with model.save, which writes plain arrays");
        }
        if (kind == 0) {
            int size = Short.toUnsignedInt(layout.getShort(2));
            if (size < length) {
                throw file.fault(path, "expected " + length + " bytes, found " + size);
            }
            return layout.slice(4, size).order(ByteOrder.LITTLE_ENDIAN);
        }
        long address = layout.getLong(2);
        if (address == UNDEFINED || layout.getLong(10) < length) {
            throw file.fault(path, "expected " + length + " bytes, found fewer");
        }
        return file.read(address, length);
    }
}
