/**
 * What AWS would ask for what is done here: what is counted of DynamoDB and of the lines that functions print, and list prices.
 * May import the aws room and the AWS SDK. The tests hold the documentation against it, and the bench prints it.
 */
@NullMarked
package dev.berth.local.costs;

import org.jspecify.annotations.NullMarked;
