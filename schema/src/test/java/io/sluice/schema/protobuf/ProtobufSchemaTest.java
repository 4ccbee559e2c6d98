package io.sluice.schema.protobuf;

import static io.sluice.broker.policy.SchemaPolicy.Type.PROTOBUF;
import static io.sluice.schema.Texts.bytes;
import static io.sluice.schema.Texts.compiled;
import static io.sluice.schema.Texts.reads;
import static io.sluice.schema.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.sluice.base.Rng;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.SchemaCompiler;
import io.sluice.schema.SchemaSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ProtobufSchemaTest {
    private static final String PAYMENT =
            """
            // What a customer owes.
            syntax = "proto3";
            package shop.v1;
            import "google/protobuf/timestamp.proto";
            option java_package = "com.example.shop";
            option (custom).deep = { a: [1, 2] b: "}" };

            message Payment {
              reserved 15, 9 to 11;
              reserved "old";
              int64 id = 1; /* never
                               reused */
              string note = 2 [deprecated = true, (check) = { max: 5 }];
              repeated sint32 amounts = 3 [packed = true];
              map<string, Line> lines = 4;
              State state = 5;
              google.protobuf.Timestamp at = 6;
              oneof way { Card card = 7; string iban = 8; }
              optional double rate = 0x0c;
              message Card { fixed32 digits = 1; Payment refund = 2; }
              enum State { option allow_alias = true; NEW = 0; PAID = 1; SETTLED = 1; ODD = -1; }
            }
            message Line { bytes raw = 1; }
            service Payments { rpc Pay (Payment) returns (Line) { option (http) = { post: "/v1" }; } }
            """;

    @Test
    void aMessageOfEveryKindOfFieldFits() {
        var line =
                UnknownFieldSet.newBuilder()
                        .addField(
                                1,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(text("key"))
                                        .build())
                        .addField(
                                2,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(text(""))
                                        .build())
                        .build();
        var message =
                UnknownFieldSet.newBuilder()
                        .mergeVarintField(1, 7)
                        .mergeLengthDelimitedField(2, text("rent"))
                        .mergeLengthDelimitedField(
                                3, ByteString.copyFrom(new byte[] {2, 4, (byte) 0x80, 1}))
                        .mergeVarintField(3, 5)
                        .mergeLengthDelimitedField(4, line.toByteString())
                        .mergeVarintField(5, 1)
                        .mergeLengthDelimitedField(
                                6, Timestamp.newBuilder().setSeconds(5).build().toByteString())
                        .mergeLengthDelimitedField(8, text("DE00"))
                        .mergeField(12, UnknownFieldSet.Field.newBuilder().addFixed64(1).build())
                        .mergeLengthDelimitedField(99, text("from a later version"))
                        .build();
        assertThat(payment().problem(ByteBuffer.wrap(message.toByteArray()))).isEmpty();
        assertThat(payment().problem(bytes())).isEmpty();
    }

    @Test
    void aFieldInAnotherWireTypeIsAProblem() {
        assertThat(payment().problem(bytes(0x0A, 0)))
                .contains("as shop.v1.Payment: /id: a INT64 cannot have the wire type 2");
        assertThat(payment().problem(bytes(0x10, 0))).isPresent();
    }

    @Test
    void bytesThatAreNoMessageAreAProblem() {
        assertThat(payment().problem(bytes(0))).isPresent();
        assertThat(payment().problem(bytes(0x12, 5, 'a'))).isPresent();
        assertThat(payment().problem(bytes(0x12, 1, 0xFF))).get().asString().contains("UTF-8");
        assertThat(payment().problem(bytes(0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07))).isPresent();
        assertThat(payment().problem(bytes('{', '}'))).isPresent();
    }

    @Test
    void aMessageWithinItselfTooOftenIsAProblem() {
        var inner = ByteString.EMPTY;
        for (int i = 0; i < 200; i++) {
            inner =
                    UnknownFieldSet.newBuilder()
                            .mergeLengthDelimitedField(i % 2 == 0 ? 2 : 7, inner)
                            .build()
                            .toByteString();
        }
        assertThat(payment().problem(inner.asReadOnlyByteBuffer()).orElse("")).contains("deeper");
        var groups = ByteBuffer.allocate(100_000);
        while (groups.hasRemaining()) {
            groups.put((byte) 0x1B);
        }
        assertThat(payment().problem(groups.flip())).isPresent();
    }

    @Test
    void theIndexesSayWhichMessageItIs() {
        var card = bytes(0x0D, 1, 2, 3, 4);
        assertThat(framed(card, 4, 0, 0)).isEmpty();
        // As libraries that look at descriptors count: the map's entry is a message too.
        assertThat(framed(card, 4, 0, 2)).isEmpty();
        assertThat(framed(card, 0)).isPresent();
        assertThat(framed(bytes(0x0A, 0), 2, 2)).isEmpty();
        assertThat(framed(card, 2, 4)).isPresent();
        assertThat(framed(card, 4, 0, 4)).isPresent();
        assertThat(framed(card, 1)).isPresent();
        assertThat(framed(bytes(), 0xFF)).isPresent();
        assertThat(framed(bytes(), 0x7E, 0)).isPresent();
    }

    @Test
    void inProto2RequiredFieldsMustBeThere() {
        var schema =
                compiled(
                        PROTOBUF,
                        "message A { required int32 a = 1; optional group B = 2 { required int32 c = 3; } extensions 100 to max; }");
        assertThat(schema.problem(bytes(0x08, 1))).isEmpty();
        assertThat(schema.problem(bytes())).contains("as A: /a: is required");
        assertThat(schema.problem(bytes(0x08, 1, 0x13, 0x18, 1, 0x14))).isEmpty();
        assertThat(schema.problem(bytes(0x08, 1, 0x13, 0x14))).contains("as A: /b/c: is required");
        assertThat(schema.problem(bytes(0x08, 1, 0x13, 0x18, 1))).isPresent();
    }

    @Test
    void anyBytesAreAnsweredAndNeverThrow() {
        var schema = payment();
        Rng.run(
                815,
                random -> {
                    for (int i = 0; i < 5_000; i++) {
                        var value = ByteBuffer.wrap(random.bytes(random.below(40)));
                        assertThat(schema.problem(value)).isNotNull();
                        assertThat(schema.framedProblem(value)).isNotNull();
                        assertThat(value.position()).isZero();
                    }
                });
    }

    @Test
    void aTextThatIsNoProtoIsRefusedWithItsLine() {
        assertThat(refusal(PROTOBUF, "syntax = \"proto3\";\nmessage {"))
                .isEqualTo("not a .proto text: line 2: a name is needed in place of '{'");
        assertThat(refusal(PROTOBUF, "message A { int32 a = 0; }")).contains("number 0");
        assertThat(refusal(PROTOBUF, "message A { int32 a = 1; int32 b = 1; }")).contains("1");
        assertThat(refusal(PROTOBUF, "message A { Missing a = 1; }")).contains("Missing");
        assertThat(refusal(PROTOBUF, "message A { int32 a = 1; ")).contains("ends");
        assertThat(refusal(PROTOBUF, "/* message A {}")).contains("comment");
        assertThat(refusal(PROTOBUF, "enum E { A = 0; }")).contains("without a message");
        assertThat(refusal(PROTOBUF, "edition = \"2023\"; message A {}")).contains("editions");
        assertThat(refusal(PROTOBUF, "import \"http://127.0.0.1:9/a.proto\"; message A {}"))
                .contains("not among its references");
        assertThat(refusal(PROTOBUF, "message A { message A ".repeat(10_000))).isNotEmpty();
    }

    @Test
    void anyTextIsAnsweredAndNeverThrowsAnythingElse() {
        Rng.run(
                1848,
                random -> {
                    for (int i = 0; i < 2_000; i++) {
                        int from = random.below(PAYMENT.length());
                        int to = from + random.below(PAYMENT.length() - from);
                        var text = PAYMENT.substring(0, from) + PAYMENT.substring(to);
                        try {
                            SchemaCompiler.compile(new SchemaSource(PROTOBUF, text));
                        } catch (InvalidSchemaException refused) {
                            assertThat(refused).hasMessageContaining("");
                        }
                    }
                });
    }

    @Test
    void anImportIsOneOfTheReferences() {
        var line =
                new SchemaSource.Reference(
                        "shop/line.proto", "package shop; message Line { int32 n = 1; }");
        var schema =
                compiled(
                        new SchemaSource(
                                PROTOBUF,
                                "import \"shop/line.proto\"; package shop; message A { optional Line line = 1; }",
                                List.of(line)));
        assertThat(schema.problem(bytes(0x0A, 2, 0x08, 5))).isEmpty();
        assertThat(schema.problem(bytes(0x0A, 2, 0x0A, 0))).isPresent();
    }

    @Test
    void fieldsMayComeAndGoAndKeepTheirWireType() {
        var before = a("int32 a = 1; string b = 2;");
        assertThat(reads(a("int32 a = 1;"), before)).isTrue();
        assertThat(reads(a("int32 a = 1; string b = 2; bool c = 3;"), before)).isTrue();
        assertThat(reads(a("int64 other = 1; bytes b = 2;"), before)).isTrue();
        assertThat(reads(a("sint32 a = 1; string b = 2;"), before)).isFalse();
        assertThat(reads(a("string a = 1; string b = 2;"), before)).isFalse();
        assertThat(reads(a("repeated int32 a = 1; string b = 2;"), before)).isFalse();
        assertThat(reads(a("oneof x { int32 a = 1; string b = 2; }"), before)).isFalse();
        assertThat(reads(a("oneof x { int32 a = 1; } string b = 2;"), before)).isTrue();
        assertThat(reads(compiled(PROTOBUF, "syntax = \"proto3\"; message B {}"), before))
                .isFalse();
    }

    @Test
    void aMessageMayNotGoNorMoveToAnotherPackage() {
        var two = compiled(PROTOBUF, "message A {} message B {}");
        assertThat(reads(compiled(PROTOBUF, "message A {}"), two)).isFalse();
        assertThat(reads(two, compiled(PROTOBUF, "message A {}"))).isTrue();
        assertThat(
                        reads(
                                compiled(PROTOBUF, "package b; message A {}"),
                                compiled(PROTOBUF, "package a; message A {}")))
                .isFalse();
    }

    @Test
    void messagesWithinMessagesAreComparedToo() {
        var field = "message B { %s b = 1; } message A { optional B b = 1; }";
        var nested = "message A { message B { %s b = 1; } }";
        for (var schema : List.of(field, nested)) {
            var before = compiled(PROTOBUF, schema.formatted("optional int32"));
            assertThat(reads(compiled(PROTOBUF, schema.formatted("optional bool")), before))
                    .isTrue();
            assertThat(reads(compiled(PROTOBUF, schema.formatted("optional string")), before))
                    .isFalse();
        }
        var imported = "import \"b.proto\"; message A { optional B b = 1; }";
        assertThat(
                        reads(
                                importing(imported, "message B { optional string b = 1; }"),
                                importing(imported, "message B { optional int32 b = 1; }")))
                .isFalse();
    }

    private static CompiledSchema importing(String text, String imported) {
        return compiled(
                new SchemaSource(
                        PROTOBUF, text, List.of(new SchemaSource.Reference("b.proto", imported))));
    }

    @Test
    void everyWireTypeIsOneOfItsOwn() {
        for (var other : List.of("fixed32", "fixed64", "float", "double", "sint32", "bytes")) {
            assertThat(reads(a(other + " a = 1;"), a("int64 a = 1;"))).as(other).isFalse();
        }
        assertThat(reads(a("fixed64 a = 1;"), a("fixed32 a = 1;"))).isFalse();
        assertThat(reads(a("float a = 1;"), a("fixed32 a = 1;"))).isFalse();
        assertThat(reads(a("sfixed32 a = 1;"), a("fixed32 a = 1;"))).isTrue();
        assertThat(reads(a("sint64 a = 1;"), a("sint32 a = 1;"))).isTrue();
        assertThat(reads(a("bool a = 1;"), a("uint64 a = 1;"))).isTrue();
    }

    @Test
    void fieldsMayNotPushEachOtherOutWhereTheyDidNot() {
        var before = a("oneof x { int32 a = 1; int32 b = 2; } int32 c = 3;");
        assertThat(reads(a("oneof x { int32 a = 1; int32 b = 2; int32 c = 3; }"), before))
                .isFalse();
        assertThat(reads(a("oneof x { int32 a = 1; } int32 c = 3;"), before)).isFalse();
        assertThat(reads(a("oneof x { int32 a = 1; int32 b = 2; int32 d = 4; }"), before)).isTrue();
    }

    @Test
    void whatIsRequiredMayNotCome() {
        var before = compiled(PROTOBUF, "message A { optional int32 a = 1; }");
        var after = compiled(PROTOBUF, "message A { required int32 a = 1; }");
        assertThat(reads(after, before)).isFalse();
        assertThat(reads(before, after)).isTrue();
    }

    private static CompiledSchema a(String fields) {
        return compiled(PROTOBUF, "syntax = \"proto3\"; message A { " + fields + " }");
    }

    private static Optional<String> framed(ByteBuffer message, int... indexes) {
        var payload = ByteBuffer.allocate(indexes.length + message.remaining());
        for (int index : indexes) {
            payload.put((byte) index);
        }
        return payment().framedProblem(payload.put(message.duplicate()).flip());
    }

    private static CompiledSchema payment() {
        return compiled(PROTOBUF, PAYMENT);
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
