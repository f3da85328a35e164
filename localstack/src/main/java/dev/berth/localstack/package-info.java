/**
 * LocalStack in a container, put under the tests of the other modules by the profile of that name. May import the emulators' room,
 * Testcontainers and JUnit; nothing imports it, as JUnit finds it on the class path.
 */
@NullMarked
package dev.berth.localstack;

import org.jspecify.annotations.NullMarked;
