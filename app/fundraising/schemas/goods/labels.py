"""Labels: what the codes and fields of gifts in kind are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "AssetClass": {
        "inventory": "存货",
        "fixed_asset": "固定资产",
        "intangible": "无形资产",
        "heritage": "文物资源",
    },
    "RecipientKind": {"organization": "单位", "person": "个人"},
    "ValuationMethod": {"document": "按凭据", "fair_value": "公允价值", "nominal": "名义金额"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.warehouses": "仓库",
    "Sheet.goods_gifts": "实物捐赠",
    "Sheet.goods_lots": "物资库存",
    "Sheet.goods_handouts": "物资发放",
    "WarehouseOut.address": "地址",
    "WarehouseOut.closed_at": "关闭时间",
    "GoodsGiftOut.received_on": "接收日期",
    "GoodsGiftOut.giver_kind": "捐赠人类型",
    "GoodsGiftOut.giver_name": "捐赠人",
    "GoodsGiftOut.inspected_on": "验收日期",
    "GoodsLotOut.gift_id": "实物捐赠标识",
    "GoodsValuationOut.gift_id": "实物捐赠标识",
    "GoodsLotOut.warehouse_id": "仓库标识",
    "GoodsLotOut.origin_lot_id": "来源批次标识",
    "GoodsLotOut.number": "行号",
    "GoodsLotOut.item": "品名",
    "GoodsLotOut.spec": "规格",
    "GoodsLotOut.batch_number": "批号",
    "GoodsLotOut.expires_on": "有效期至",
    "GoodsLotOut.asset_class": "资产类别",
    "GoodsLotOut.unit": "计量单位",
    "GoodsLotOut.package_unit": "包装单位",
    "GoodsLotOut.package_size": "每包装数量",
    "GoodsLotOut.received_count": "接收数量",
    "GoodsLotOut.accepted_count": "验收数量",
    "GoodsLotOut.refused_reason": "未验收原因",
    "GoodsLotOut.left_count": "库存数量",
    "GoodsLotOut.method": "计价方法",
    "GoodsLotOut.basis": "计价依据",
    "GoodsLotOut.value": "入账价值",
    "GoodsLotOut.left_value": "库存价值",
    "GoodsHandoutOut.handed_on": "发放日期",
    "GoodsHandoutOut.recipient_kind": "接收方类型",
    "GoodsHandoutOut.recipient": "接收方",
    "GoodsHandoutOut.value": "账面价值",
    "GoodsHandoutOut.signed_on": "签收日期",
}
