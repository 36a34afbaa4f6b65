-- CreateTable
CREATE TABLE "DeletedAccount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
