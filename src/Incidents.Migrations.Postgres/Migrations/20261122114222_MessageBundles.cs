using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class MessageBundles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "bundle",
                schema: "paging",
                table: "attempts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bursts",
                schema: "paging",
                columns: table => new
                {
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bursts", x => new { x.channel, x.address });
                });

            migrationBuilder.CreateIndex(
                name: "IX_attempts_bundle",
                schema: "paging",
                table: "attempts",
                column: "bundle",
                filter: "bundle is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_bundling",
                schema: "paging",
                table: "attempts",
                columns: new[] { "address", "channel" },
                filter: "state = 'Waiting' and urgency = 1 and kind = 'Page'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bursts",
                schema: "paging");

            migrationBuilder.DropIndex(
                name: "IX_attempts_bundle",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_bundling",
                schema: "paging",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "bundle",
                schema: "paging",
                table: "attempts");
        }
    }
}
