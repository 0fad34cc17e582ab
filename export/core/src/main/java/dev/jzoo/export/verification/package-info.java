/**
 * Verification of finished ONNX files. The input is a file and its claims: a manifest's digests, test data, a card. The
 * output is a {@link dev.jzoo.export.verification.Verdict}. A check that fails is part of the verdict, not an
 * exception.
 *
 * <p>Read {@link dev.jzoo.export.verification.ModelCheck} first, which checks one file, then {@link
 * dev.jzoo.export.verification.ModelVerifier}, which finds the models that a user names.
 */
package dev.jzoo.export.verification;
