-- CreateTable
CREATE TABLE "Line" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "run" TEXT NOT NULL,
    "n" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "level" INTEGER NOT NULL,
    "service" TEXT NOT NULL,
    "msg" TEXT NOT NULL,
    "subject" TEXT,
    "order" TEXT,
    "text" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Line_run_n_key" ON "Line"("run", "n");
-- CreateIndex: most lines are about nothing in particular.
CREATE INDEX "Line_subject_idx" ON "Line"("subject", "seq") WHERE "subject" IS NOT NULL;
CREATE INDEX "Line_order_idx" ON "Line"("order", "seq") WHERE "order" IS NOT NULL;

-- CreateTable
CREATE TABLE "Run" (
    "run" TEXT NOT NULL PRIMARY KEY,
    "service" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "lines" BIGINT NOT NULL,
    "beganAt" BIGINT NOT NULL,
    "lastAt" BIGINT NOT NULL
);
CREATE INDEX "Run_lastAt_idx" ON "Run"("lastAt");

-- CreateTable
CREATE TABLE "Gap" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "file" TEXT NOT NULL,
    "inode" TEXT NOT NULL,
    "from" BIGINT NOT NULL,
    "to" BIGINT NOT NULL,
    "reason" TEXT NOT NULL
);
CREATE INDEX "Gap_at_idx" ON "Gap"("at");

-- CreateTable
CREATE TABLE "File" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "inode" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "head" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "read" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "File_inode_key" ON "File"("inode");

-- CreateTable
CREATE TABLE "Hour" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "first" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "Hour_name_key" ON "Hour"("name");

-- CreateTable
CREATE TABLE "Archive" (
    "hour" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "rawBytes" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);
