package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of exporting a user's network whose class is not on JZoo's class path. */
class DjlBlockTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void compileTheUsersClass() throws IOException {
        shell = Shell.in(folder);
        Path source = folder.resolve("src/com/acme/Net.java");
        Files.createDirectories(source.getParent());
        Files.createDirectories(folder.resolve("classes"));
        Files.writeString(source, """
                package com.acme;
                public class Net extends ai.djl.nn.SequentialBlock {
                    public Net() {
                        add(ai.djl.nn.core.Linear.builder().setUnits(5).build());
                        add(ai.djl.nn.Activation::relu);
                        add(ai.djl.nn.core.Linear.builder().setUnits(3).build());
                    }
                }
                """);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertEquals(
                0,
                compiler.run(null, null, null, "-d", folder.resolve("classes").toString(), source.toString()));
    }

    private Block net(NDManager manager) throws Exception {
        URL[] urls = {folder.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            Block block = (Block)
                    loader.loadClass("com.acme.Net").getDeclaredConstructor().newInstance();
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
            return block;
        }
    }

    private Shell.Result export(String parameters) {
        return shell.type(
                "export",
                "--block",
                "com.acme.Net",
                "--classpath",
                "classes",
                "--params",
                parameters,
                "--input",
                "x=batch,4",
                "--out",
                "net.onnx",
                "--json");
    }

    @Test
    void parametersOfABlockAreExportedWithIt() throws Exception {
        try (NDManager manager = NDManager.newBaseManager();
                DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve("raw.params")))) {
            net(manager).saveParameters(out);
        }
        Shell.Result result = export("raw.params");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.json().at("/parity/maxError").asDouble() <= 1e-5);
        assertEquals(4 * 5 + 5 + 5 * 3 + 3, result.json().at("/parameters").asInt());
    }

    @Test
    void parametersOfAModelAreExportedWithItsBlock() throws Exception {
        try (NDManager manager = NDManager.newBaseManager();
                Model model = Model.newInstance("net")) {
            model.setBlock(net(manager));
            model.save(folder, "net");
        }
        Shell.Result result = export("net-0000.params");
        assertEquals(0, result.exitCode(), result.err());
    }

    @Test
    void aFileWithoutParametersIsRefused() throws IOException {
        Files.writeString(folder.resolve("letter.params"), "Dear Sir or Madam");
        Shell.Result result = export("letter.params");
        assertEquals(7, result.exitCode());
        assertFalse(Files.exists(folder.resolve("net.onnx")));
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws IOException {
        Files.write(folder.resolve("raw.params"), new byte[] {1});
        Shell.Result result = shell.type(
                "export",
                "--block",
                "com.acme.Nut",
                "--classpath",
                "classes",
                "--params",
                "raw.params",
                "--input",
                "x=batch,4",
                "--out",
                "net.onnx");
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("The class com.acme.Nut is not on the class path."), result.err());
    }

    @Test
    void aBlockWithoutParametersIsAUsageError() {
        assertEquals(
                2,
                shell.type("export", "--block", "com.acme.Net", "--out", "net.onnx")
                        .exitCode());
    }
}
