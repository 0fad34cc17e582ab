package dev.jzoo.zoo.file;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A stream to a file. Its failures are those of {@link Disk}. */
final class DiskOutput extends OutputStream {

    private final Disk disk;
    private final Path file;
    private final FileChannel channel;
    private final Disk.Durability durability;

    DiskOutput(Disk disk, Path file, FileChannel channel, Disk.Durability durability) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
        this.durability = durability;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            disk.call(file, () -> channel.write(left));
        }
    }

    @Override
    public void close() {
        disk.call(file, () -> {
            try (channel) {
                if (durability == Disk.Durability.ON_DISK && channel.isOpen()) {
                    channel.force(true);
                }
            }
            return file;
        });
    }
}
