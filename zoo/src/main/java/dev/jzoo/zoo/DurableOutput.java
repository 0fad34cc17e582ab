package dev.jzoo.zoo;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes a file whose failures are those of {@link Disk}, and waits at the end until the disk has it. */
final class DurableOutput extends OutputStream {

    private final Disk disk;
    private final Path file;
    private final FileChannel channel;

    DurableOutput(Disk disk, Path file, FileChannel channel) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
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
                if (channel.isOpen()) {
                    channel.force(true);
                }
            }
            return file;
        });
    }
}
