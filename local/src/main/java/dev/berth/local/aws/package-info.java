/**
 * What the template says, and the services that hold its data: DynamoDB Local (in a JVM of its own), ElasticMQ and S3Proxy (in this
 * one). May import the process room, the AWS SDK, the YAML reader, ElasticMQ and S3Proxy; knows nothing of functions being run.
 */
@NullMarked
package dev.berth.local.aws;

import org.jspecify.annotations.NullMarked;
