CREATE OR REPLACE VIEW reprinted AS
WITH said AS MATERIALIZED (SELECT obs_id, document_id, article, number, unit, value, indicator FROM observation WHERE superseded_at IS NULL
  AND document_id IN (SELECT document_id FROM reprint UNION SELECT original_document_id FROM reprint))
SELECT o.obs_id, min(p.obs_id) AS original_obs_id
FROM reprint r
JOIN said o ON o.document_id = r.document_id AND o.article = r.part
JOIN said p ON p.document_id = r.original_document_id AND p.article = r.original_part
  AND p.number = o.number AND p.unit = o.unit AND p.value IS NOT DISTINCT FROM o.value AND p.indicator = o.indicator
GROUP BY o.obs_id;

COMMENT ON VIEW reprinted IS '转载的观测值及其首发 | observations of reprints that only repeat the original article, with the original';

CREATE OR REPLACE VIEW observation_current AS
SELECT o.* EXCLUDE (version, superseded_at, superseded_by, superseded_reason), r.original_obs_id AS reprint_of,
  r.obs_id IS NULL AND NOT list_contains(o.flags, 'duplicate') AS counted
FROM observation o LEFT JOIN reprinted r ON r.obs_id = o.obs_id
WHERE o.superseded_at IS NULL;

COMMENT ON VIEW observation_current IS '现行观测值；counted = 计入汇总（非文内重复、非转载） | current observations; counted: neither a repeat within its document nor a reprint';

CREATE OR REPLACE MACRO observation_as_of(ts) AS TABLE
SELECT * FROM observation WHERE recorded_at <= ts AND (superseded_at IS NULL OR superseded_at > ts);

COMMENT ON MACRO TABLE observation_as_of IS '某一时刻（UTC）的现行观测值 | observations that were current at a moment (UTC)';

CREATE OR REPLACE VIEW observation_first AS
SELECT * FROM observation o
WHERE version = 1 AND (document_id IN (SELECT document_id FROM submission WHERE number = 1)
  OR obs_id IN (SELECT new_obs_id FROM revision WHERE action = 'A'));

COMMENT ON VIEW observation_first IS '每个数字的首次报送值 | what each figure was when it was first reported';

CREATE OR REPLACE VIEW candidate AS
SELECT o.*, d.published,
  CASE WHEN o.kind = 'workbook' AND d.region_code = o.region_code THEN 1
       WHEN o.kind = 'workbook' THEN 2
       WHEN d.region_code = o.region_code THEN 3
       ELSE 4 END AS precedence,
  ['own return', 'other return', 'own publication', 'other publication'][precedence] AS why,
  CASE o.qualifier WHEN 'exact' THEN 0 ELSE 1 END AS inexact,
  hash(o.indicator, o.region_code, o.period_kind, o.period_start, o.period_end, o.measure, o.breakdown, o.action, o.per, o.unit) AS key_hash
FROM observation_current o JOIN document d USING (document_id)
WHERE o.counted AND o.scope = 'region' AND o.indicator <> 'other' AND o.region_code IS NOT NULL;

COMMENT ON VIEW candidate IS '可供 best_value 选取的观测值及其次序 | the observations that best_value chooses from, with their order';

CREATE OR REPLACE VIEW chosen AS
WITH contested AS (SELECT key_hash FROM candidate GROUP BY key_hash HAVING count(*) > 1),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit
    ORDER BY precedence, inexact, published DESC NULLS LAST, confidence DESC, document_id, ordinal) AS place
  FROM candidate SEMI JOIN contested USING (key_hash)),
settled AS (
  SELECT indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit,
    count(*)::INTEGER AS candidates,
    coalesce(max(coalesce(value_low, value)) <= min(coalesce(value_high, value)), true)
      AND count(DISTINCT value) FILTER (qualifier = 'exact') <= 1 AS agree,
    list({'obs_id': obs_id, 'source': source, 'number': number, 'value': value} ORDER BY place) FILTER (place > 1) AS others
  FROM ranked GROUP BY indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit)
SELECT indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit, value, value_low, value_high, qualifier, number, obs_id, source, document_id, locator, quote, obs_status, why, 1 AS candidates, true AS agree, NULL AS others
FROM candidate ANTI JOIN contested USING (key_hash)
UNION ALL
SELECT r.indicator, r.region_code, r.period_kind, r.period_start, r.period_end, r.measure, r.breakdown, r.action, r.per, r.unit, r.value, r.value_low, r.value_high, r.qualifier, r.number, r.obs_id, r.source, r.document_id, r.locator, r.quote, r.obs_status, r.why, s.candidates, s.agree, s.others
FROM (FROM ranked WHERE place = 1) r JOIN settled s ON row(r.indicator, r.region_code, r.period_kind, r.period_start, r.period_end, r.measure, r.breakdown, r.action, r.per, r.unit) IS NOT DISTINCT FROM row(s.indicator, s.region_code, s.period_kind, s.period_start, s.period_end, s.measure, s.breakdown, s.action, s.per, s.unit);

COMMENT ON VIEW chosen IS 'best_value 的底表（发布时算好） | what best_value is made of, worked out when the release is made';

CREATE OR REPLACE VIEW best_value AS
SELECT * EXCLUDE (others), list_concat([{'obs_id': obs_id, 'source': source, 'number': number, 'value': value}], others) AS all_candidates
FROM chosen;

COMMENT ON VIEW best_value IS '每个指标、地区、时期取一个值：本地区报表优先，其次其他报表，再次本地区公开报道，最后其他报道；同级取精确的、较新的；列出全部候选及是否一致 | one value for indicator, region and period: the region''s own return, then another return, then its own publication, then another; exact and recent first; with all candidates and whether they agree';

CREATE OR REPLACE VIEW cross_region AS
SELECT b.indicator, coalesce(i.label_zh, b.indicator) AS indicator_zh, coalesce(i.label_en, b.indicator) AS indicator_en,
  b.region_code, coalesce(r.name, b.region_code) AS region, b.period_kind, b.period_start, b.period_end,
  b.measure, b.breakdown, b.action, b.per, b.value, b.qualifier, b.number, b.unit, coalesce(u.label_zh, b.unit) AS unit_zh,
  b.source, d.name AS document, b.locator, b.candidates, b.agree, b.obs_id
FROM best_value b
LEFT JOIN indicator i USING (indicator)
LEFT JOIN unit u ON u.unit = b.unit
LEFT JOIN document d ON d.document_id = b.document_id
LEFT JOIN (SELECT * FROM region QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY valid_to IS NULL DESC, valid_to DESC) = 1) r ON r.region_code = b.region_code;

COMMENT ON VIEW cross_region IS '指标 × 地区：值、单位、时期、出处 | indicator by region: value, unit, period and where it came from';

CREATE OR REPLACE MACRO period_name(kind, start_day, end_day) AS CASE kind
    WHEN 'year' THEN strftime(end_day, '%Y')
    WHEN 'half' THEN strftime(end_day, '%Y') || '-H' || ((month(end_day) - 1) // 6 + 1)
    WHEN 'quarter' THEN strftime(end_day, '%Y') || '-Q' || quarter(end_day)
    WHEN 'month' THEN strftime(end_day, '%Y-%m')
    WHEN 'range' THEN strftime(start_day, '%Y-%m-%d') || '/' || strftime(end_day, '%Y-%m-%d')
    WHEN 'as_of' THEN 'to ' || strftime(end_day, '%Y-%m-%d')
    ELSE strftime(end_day, '%Y-%m-%d') END;

COMMENT ON MACRO period_name IS '时期的写法：2018，2018-H1，2018-Q2，2018-06，to 2018-06-30（截至） | a period in short: 2018, 2018-H1, 2018-Q2, 2018-06, to 2018-06-30 (as of)';

CREATE OR REPLACE MACRO region_name(the_code, the_day) AS (
SELECT any_value(name) FROM region WHERE region_code = the_code AND (valid_from IS NULL OR valid_from <= the_day) AND (valid_to IS NULL OR valid_to > the_day));

COMMENT ON MACRO region_name IS '某日该代码的地区名；当时没有则为空 | what the region of a code was called on a day; null: there was none';

CREATE OR REPLACE MACRO panel(the_indicator) AS TABLE
SELECT region_code, region, period_name(period_kind, period_start, period_end) AS period,
  period_end, value, unit, qualifier, source, agree, obs_id
FROM cross_region
WHERE indicator = the_indicator AND measure = 'total' AND breakdown IS NULL AND action IS NULL AND per IS NULL
ORDER BY region_code, period_end, period;

COMMENT ON MACRO TABLE panel IS '一个指标的地区 × 时期表；PIVOT (FROM panel(…)) ON period USING first(value) GROUP BY region 得宽表 | one indicator, region by period; PIVOT (FROM panel(…)) ON period USING first(value) GROUP BY region makes it wide';

CREATE OR REPLACE MACRO rollup(the_indicator, the_region, the_day) AS TABLE
WITH child AS (
  SELECT region_code, any_value(name) AS name FROM region WHERE parent_code = the_region
    AND (valid_from IS NULL OR valid_from <= the_day::DATE) AND (valid_to IS NULL OR valid_to > the_day::DATE) GROUP BY region_code),
said AS (
  SELECT *, row(period_kind, period_start) AS length FROM best_value WHERE indicator = the_indicator AND period_end = the_day::DATE AND measure = 'total'
    AND breakdown IS NULL AND action IS NULL AND per IS NULL AND unit = (SELECT any_value(unit) FROM indicator WHERE indicator = the_indicator)),
common AS (SELECT length FROM said SEMI JOIN child USING (region_code) GROUP BY length ORDER BY count(*) DESC, length LIMIT 1),
stated AS (
  SELECT * FROM said QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY length IS DISTINCT FROM (FROM common),
    list_position(['own return', 'other return', 'own publication', 'other publication'], why), length) = 1),
sums AS (
  SELECT count(*) AS expected, count(s.value) AS present, sum(s.value) AS total, count(DISTINCT s.length) FILTER (s.value IS NOT NULL) AS lengths,
    any_value(s.unit) AS unit, bool_and(s.qualifier = 'exact') AS exact, bool_and(s.agree) AS agree,
    list(c.name ORDER BY c.region_code) FILTER (s.value IS NULL) AS missing
  FROM child c LEFT JOIN stated s USING (region_code)),
verdict AS (
  SELECT *, CASE
    WHEN (SELECT any_value(additive) FROM indicator WHERE indicator = the_indicator) IS NULL THEN 'unknown indicator'
    WHEN NOT (SELECT bool_and(additive) FROM indicator WHERE indicator = the_indicator) THEN 'not additive'
    WHEN expected = 0 THEN 'no regions below'
    WHEN present < expected THEN 'cannot verify: ' || (expected - present) || ' of ' || expected || ' missing'
    WHEN lengths > 1 THEN 'periods differ'
    ELSE 'ok' END AS reason FROM sums)
SELECT the_indicator AS indicator, the_region AS region_code, the_day::DATE AS period_end, unit,
  CASE WHEN reason = 'ok' THEN total END AS value, exact AND reason = 'ok' AS exact, agree AND reason = 'ok' AS agree, expected, present, coalesce(missing, []) AS missing,
  (SELECT any_value(value) FROM stated WHERE region_code = the_region) AS stated, reason
FROM verdict;

COMMENT ON MACRO TABLE rollup IS '下级之和：仅当指标可加、下级齐全、时期相同时给出，否则说明原因；exact = 都是精确数，agree = 各下级的不同来源都一致，stated 为本级自报值 | the sum of the regions below, only when the indicator is additive, all are there and their periods are the same, else the reason; exact: none is qualified; agree: the sources of each agree; stated is what the region itself says';

CREATE OR REPLACE MACRO series(the_indicator, the_region) AS TABLE
WITH RECURSIVE line AS (
  SELECT the_region AS region_code, 'same' AS relation, 0 AS depth
  UNION
  SELECT r.region_code, CASE WHEN len(r.successors) > 1 OR line.relation = 'part of a predecessor' THEN 'part of a predecessor' ELSE 'predecessor' END, depth + 1
  FROM region r JOIN line ON list_contains(r.successors, line.region_code) AND r.region_code <> line.region_code WHERE depth < 8)
SELECT b.indicator, b.region_code, l.relation, b.period_kind, b.period_start, b.period_end, b.value, b.unit, b.qualifier, b.source, b.agree, b.obs_id
FROM best_value b JOIN (SELECT region_code, min(relation) AS relation FROM line GROUP BY region_code) l USING (region_code)
WHERE b.indicator = the_indicator AND b.measure = 'total' AND b.breakdown IS NULL AND b.action IS NULL AND b.per IS NULL
ORDER BY b.period_end, b.region_code;

COMMENT ON MACRO TABLE series IS '一个指标在一个地区的时间序列，含被它取代的旧区划；relation 不是 same 时口径可能不同 | one indicator of one region over time, the divisions it replaced included; where relation is not same, the area may differ';

CREATE OR REPLACE VIEW coverage AS
WITH said AS (
  SELECT source, kind, region_code, form, period_kind, period_start, period_end, document_id, count(*) AS figures,
    list(DISTINCT indicator) FILTER (indicator <> 'other') AS codes
  FROM observation WHERE superseded_at IS NULL
  GROUP BY source, kind, region_code, form, period_kind, period_start, period_end, document_id)
SELECT s.source, s.kind, s.region_code, s.form, s.period_kind, s.period_start, s.period_end,
  count(*)::INTEGER AS documents, sum(s.figures)::BIGINT AS observations, coalesce(len(list_distinct(flatten(list(s.codes) FILTER (s.codes IS NOT NULL)))), 0) AS indicators,
  max(d.published) AS last_published, list_sort(list_distinct(flatten(list(s.codes) FILTER (s.codes IS NOT NULL)))) AS indicator_codes
FROM said s JOIN document d USING (document_id)
GROUP BY s.source, s.kind, s.region_code, s.form, s.period_kind, s.period_start, s.period_end;

COMMENT ON VIEW coverage IS '谁报了什么 | who reported what';

CREATE OR REPLACE VIEW finding_current AS
SELECT * EXCLUDE (superseded_at) FROM finding WHERE superseded_at IS NULL;

COMMENT ON VIEW finding_current IS '现行核查结果 | current findings';

CREATE OR REPLACE VIEW data_commons AS
SELECT indicator AS "variableMeasured", region_code AS "observationAbout", period_end AS "observationDate",
  CASE period_kind WHEN 'year' THEN 'P1Y' WHEN 'half' THEN 'P6M' WHEN 'quarter' THEN 'P3M' WHEN 'month' THEN 'P1M' WHEN 'day' THEN 'P1D' END AS "observationPeriod",
  value, unit, kind AS "measurementMethod", source, obs_id
FROM observation_current WHERE counted AND indicator <> 'other' AND value IS NOT NULL;

COMMENT ON VIEW data_commons IS '按 Data Commons 的名称列出 | current observations under the names of Data Commons';
